"""Make the links of a newsletter with 500 products, by the naming convention, and issue them.

python examples/newsletter_links.py links.db > links.txt
"""

import sys

from utmforge import Registry, issue, load_campaigns, plan_links


def main(registry_path: str) -> None:
    """Print one issued link for each product."""
    file = load_campaigns("examples/campaigns.toml")
    pages = [f"https://shop.example/products/{number}" for number in range(1, 501)]
    links = [
        link
        for page in pages
        for link in plan_links(
            page, file=file, campaign="2026 Product News", channels=["newsletter"]
        )
    ]
    with Registry.open(registry_path, author="newsletter script") as registry:
        for one in issue(links, registry, file=file, about="product news"):
            sys.stdout.write(f"{one.link.url}\n")


if __name__ == "__main__":
    main(sys.argv[1])

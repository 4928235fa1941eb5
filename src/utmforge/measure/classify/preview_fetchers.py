"""User agents of programs that fetch a page to show a preview of a pasted link.

The first match wins. Letter case does not matter.

Sources, read 2026-11: monperrus/crawler-user-agents 7c7f9f25 (MIT), matomo-org/device-detector
(facts only), Google's and Apple's own pages on their fetchers; KakaoTalk, LINE, Google Chat and
Rocket.Chat from secondary sources.
"""

from __future__ import annotations

from typing import NamedTuple


class PreviewFetcher(NamedTuple):
    """The fetcher of one app."""

    app: str
    """The app in which the link was pasted."""
    pattern: str
    """A regular expression that is searched in the user agent."""


PREVIEW_FETCHERS = (
    # Apple's Messages pretends to be Facebook's and Twitter's at once; it fetches on the sender's
    # own device.
    PreviewFetcher(
        "iMessage", r"^Mozilla/5\.0 \(Macintosh.*facebookexternalhit/1\.1 Facebot Twitt"
    ),
    PreviewFetcher("LINE", r"facebookexternalhit/1\.1;\s*line-poker|Linespider"),
    PreviewFetcher("KakaoTalk", r"kakaotalk-scrap"),
    # Signal hides behind WhatsApp's name without a version; so did a few old WhatsApp clients.
    PreviewFetcher("Signal", r"^WhatsApp(?:/2)?$"),
    # A is Android, i iOS, N and W the desktop or the web.
    PreviewFetcher("WhatsApp", r"^WhatsApp/[\d.]+(?:[ /]+[A-Za-z]|.*CFNetwork.*)?\s*$"),
    # The same agent for posts and for private messages: they cannot be told apart.
    PreviewFetcher(
        "Facebook or Messenger",
        r"facebookexternalhit|Facebot|facebookplatform|meta-externalfetcher|Meta-ExternalHit",
    ),
    PreviewFetcher("Telegram", r"TelegramBot"),
    PreviewFetcher("Slack", r"Slackbot|Slack-ImgProxy"),
    PreviewFetcher("Discord", r"Discordbot"),
    PreviewFetcher("Microsoft Teams", r"SkypeUriPreview|MicrosoftPreview/"),
    # "Viber/" inside a browser's user agent is the in-app browser.
    PreviewFetcher("Viber", r"ViberUrlDownloader|^Viber(?:/[\d.]+ CFNetwork.*)?$"),
    PreviewFetcher("LinkedIn", r"LinkedInBot"),
    PreviewFetcher("X", r"Twitterbot"),
    PreviewFetcher("Pinterest", r"Pinterest/0\.|Pinterestbot|pinterest\.com/bot"),
    PreviewFetcher("Snapchat", r"Snap URL Preview Service|SnapURLPreview|s~snapchat-proxy"),
    PreviewFetcher("Google Messages", r"GoogleMessages"),
    PreviewFetcher("Google Chat", r"Google-Chat|Google-PageRenderer"),
    PreviewFetcher("Reddit", r"redditbot"),
    PreviewFetcher("VK", r"vkShare|VKRobot"),
    PreviewFetcher("Odnoklassniki", r"OdklBot/"),
    # Every server of the network that shows a post fetches its links: they come in bursts.
    PreviewFetcher("Mastodon", r"Mastodon/\d"),
    PreviewFetcher("Misskey", r"SummalyBot"),
    PreviewFetcher("Friendica", r"^Friendica"),
    PreviewFetcher("Lemmy", r"^Lemmy/"),
    PreviewFetcher("Bluesky", r"Bluesky Cardyb|BlueskyPreviewBot|^Bluesky/"),
    PreviewFetcher("Mattermost", r"Mattermost-Bot"),
    # The desktop app carries Rocket.Chat in a browser's user agent.
    PreviewFetcher("Rocket.Chat", r"^Rocket\.?Chat"),
    PreviewFetcher("Matrix", r"Synapse \(bot;|Synapse/\d"),
    PreviewFetcher("GroupMe", r"GroupMeBot"),
    PreviewFetcher("Iframely", r"Iframely/"),
    PreviewFetcher("Embedly", r"Embedly"),
    # Notion's desktop app carries its name in a browser's user agent.
    PreviewFetcher("Notion", r"^Notion/"),
    PreviewFetcher("Chatwork", r"Chatwork LinkPreview"),
    PreviewFetcher("DingTalk", r"DingTalkBot"),
    PreviewFetcher("Evernote", r"EvernoteRichLinkBot"),
    PreviewFetcher("Steam", r"SteamChatURLLookup"),
    PreviewFetcher("Keybase", r"KeybaseBot"),
    PreviewFetcher("Discourse", r"Discourse Forum Onebox|^Discourse/"),
    PreviewFetcher("ClickUp", r"ClickUpLinkUnfurler"),
    PreviewFetcher("Yahoo Mail", r"Yahoo Link Preview"),
    PreviewFetcher("Bitrix24", r"Bitrix link preview"),
    PreviewFetcher("Quora", r"Quora Link Preview|Quora-Bot"),
    PreviewFetcher("XING", r"Xing Bot|XING-contenttabreceiver"),
    PreviewFetcher("Medium", r"Mediumbot-MetaTagFetcher"),
    PreviewFetcher("Buffer", r"BufferLinkPreviewBot"),
    PreviewFetcher("Tumblr", r"^Tumblr/"),
    PreviewFetcher("Coda", r"CodaBot"),
    PreviewFetcher("Gadu-Gadu", r"GG PeekBot"),
    PreviewFetcher("Twilio", r"TwilioProxy/"),
)

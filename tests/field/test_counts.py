"""`utmforge compare` sums what means a count, once, in the languages and layouts of other tools."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

Names = dict[tuple[str, str], int]
PAIR: Names = {("source", "news"): 7, ("medium", "email"): 7}
ALL: Names = {**PAIR, ("campaign", "spring"): 7}


def compared(
    run: Run, data: str | bytes, *words: str
) -> tuple[str, dict[tuple[str, str], int], str]:
    """Return the unit, the visits of each name, and what was said, with one link issued."""
    run("new", "https://shop.example/", "-c", "spring", "--source", "news", "--medium", "email")
    Path("r.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    result = run("compare", "r.csv", "--format", "json", *words)
    answer = json.loads(result.stdout)
    found = answer["data"]
    said = "\n".join(one["message"] for one in answer["messages"])
    visits = {(one["field"], one["value"]): one["visits"] for one in found["spellings"]}
    return found["unit"], visits, said


LANGUAGES = [
    ("Origem / mídia da sessão,Sessões\nnews / email,7\n", "sessions", PAIR),
    ("Origem da sessão,Mídia da sessão,Usuários ativos\nnews,email,7\n", "users", PAIR),
    ("Origem/meio da sessão,Campanha da sessão,Utilizadores\nnews / email,spring,7\n",
     "users", ALL),
    ("Sorgente/mezzo sessione,Campagna sessione,Sessioni\nnews / email,spring,7\n",
     "sessions", ALL),
    ("Sorgente sessione,Mezzo sessione,Utenti totali\nnews,email,7\n", "users", PAIR),
    ("Sessiebron/-medium,Sessiecampagne,Sessies\nnews / email,spring,7\n", "sessions", ALL),
    ("Sessiebron,Sessiemedium,Actieve gebruikers\nnews,email,7\n", "users", PAIR),
    ("セッションの参照元 / メディア,セッション\nnews / email,7\n", "sessions", PAIR),
    ("セッションの参照元,セッションのメディア,セッションのキャンペーン,総ユーザー数\n"
     "news,email,spring,7\n", "users", ALL),
    ("세션 소스/매체,세션 캠페인,세션수\nnews / email,spring,7\n", "sessions", ALL),
    ("세션 소스,세션 매체,활성 사용자\nnews,email,7\n", "users", PAIR),
    ("Źródło/medium sesji,Kampania sesji,Sesje\nnews / email,spring,7\n", "sessions", ALL),
    ("Źródło sesji;Medium sesji;Aktywni użytkownicy\nnews;email;7\n", "users", PAIR),
    ("Label,Unique visitors,Visits,Actions\nnews - email - spring,3,7,9\n", "visits", ALL),
    ("Libellé;Visiteurs uniques;Visites;Actions\nnews - email - spring;3;7;9\n", "visits", ALL),
    ("Bezeichnung;Eindeutige Besucher;Besuche\nnews - email - spring;3;7\n", "visits", ALL),
    ("Etiqueta\tVisitantes únicos\tVisitas\nnews - email - spring\t3\t7\n", "visits", ALL),
    ("Label\tVisits\nspring\t7\nOthers\t900\n", "visits", {("campaign", "spring"): 7}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit", "names"), LANGUAGES, ids=range(len(LANGUAGES)))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_headers_of_many_languages(
    run: Run, text: str, unit: str, names: Names, encoding: str
) -> None:
    """Their units too, in English."""
    found, visits, said = compared(run, text.encode(encoding))

    assert (found, visits) == (unit, names)
    assert "left out" not in said
    assert f"{sum(n for (f, _), n in names.items() if f == 'campaign') or 7} {unit} by" in said


NO_COUNTS = ["id", "Revenue", "Bounce rate", "Year", "Position", "Price", "Clicks per visit",
             "Average session duration", "ZIP", "Conversion rate", "Cost", "Row", "Budget 2026",
             "Session id"]  # fmt: skip


@pytest.mark.parametrize("header", NO_COUNTS)
def test_a_number_that_is_no_count_is_not_summed(run: Run, header: str) -> None:
    """Each row counts once, and that is said."""
    text = f"utm_source,utm_medium,{header}\nnews,email,2026\nNews,email,2025\n"
    unit, visits, said = compared(run, text)

    assert unit == "rows"
    assert visits == {("source", "news"): 1, ("source", "News"): 1, ("medium", "email"): 2}
    assert "no column counts visits, so each row counts once; or --map count=COLUMN" in said


COUNTS = [
    *(
        "Sessions 2026",
        "Unique clicks",
        "Number of visits",
        "Total sessions",
        "Klicks",
        "Key events",
    ),
    *("Opens", "Email clicks", "count", "Website visits"),
]


@pytest.mark.parametrize("header", COUNTS)
def test_a_count_is_summed_whatever_is_around_its_name(run: Run, header: str) -> None:
    """As people write it."""
    _, visits, said = compared(run, f"utm_source,id,{header}\nnews,5,4\nnews,6,3\n")

    assert visits == {("source", "news"): 7}
    assert "each row counts once" not in said


EVENTS = [
    "Session source / medium,Event name,Sessions\nnews / email,page_view,7\n"
    "news / email,session_start,7\nnews / email,scroll,5\n",
    "Session source / medium,Event name,Event count\nnews / email,page_view,19\n"
    "news / email,session_start,7\n",
    "Event name,Session source / medium,Active users\npage_view,news / email,7\n"
    "click,news / email,3\nscroll,news / email,2\n",
    "Sitzung – Quelle / Medium;Ereignisname;Sitzungen\nnews / email;session_start;7\n"
    "news / email;user_engagement;6\n",
    "Source/support de la session,Nom de l'événement,Sessions\nnews / email,first_visit,7\n"
    "news / email,scroll,5\n",
    "Origem / mídia da sessão,Nome do evento,Sessões\nnews / email,session_start,7\n"
    "news / email,scroll,5\n",
    "세션 소스/매체,이벤트 이름,세션수\nnews / email,session_start,7\nnews / email,scroll,5\n",
    "セッションの参照元 / メディア,イベント名,セッション\nnews / email,session_start,7\n"
    "news / email,scroll,5\n",
]


@pytest.mark.parametrize("text", EVENTS, ids=range(len(EVENTS)))
def test_one_event_of_an_exploration_is_counted(run: Run, text: str) -> None:
    """A session has a row for each of its events, and is one session; that is said."""
    _, visits, said = compared(run, text)

    assert visits == PAIR
    assert "is counted" not in said
    assert " are counted: each session has a row for each of its events" in said


def test_the_only_event_is_not_remarked(run: Run) -> None:
    """Nothing is left out then."""
    text = "Session source,Event name,Sessions\nnews,purchase,7\n"
    _, visits, said = compared(run, text)

    assert visits == {("source", "news"): 7}
    assert "each of its events" not in said


@pytest.mark.parametrize(
    ("text", "mapping", "names"),
    [
        ("Session source / medium,Sessions\nnews / email,7\n",
         "source=Session source / medium", PAIR),
        ("First user source / medium,Sessions\nnews / email,7\n",
         "medium=First user source / medium", PAIR),
        ("Source / medium / campaign,Sessions\nnews / email / spring,7\n",
         "campaign=Source / medium / campaign", ALL),
        ("Label,Visits\nnews - email - spring,7\n", "campaign=Label", ALL),
        ("Libellé,Visites\nspring,7\n", "campaign=Libellé", {("campaign", "spring"): 7}),
    ],
)  # fmt: skip
def test_a_pair_that_is_named_is_parted(run: Run, text: str, mapping: str, names: Names) -> None:
    """As one that its header shows."""
    assert compared(run, text, "--map", mapping)[1] == names


SPELLINGS = [
    "weekly%20news", "weekly%2Dnews", "weekly-news%0A", "weekly-news%250D%250A", "Weekly%20News",
    "weekly-news&amp;utm_medium=email", "weekly-news?utm_medium=email",
    "weekly-news%26utm_medium%3D",
    "weekly%2520news", "weekly-news%20",
]  # fmt: skip


@pytest.mark.parametrize("value", SPELLINGS)
def test_an_encoded_spelling_is_the_same_name(run: Run, value: str) -> None:
    """What was meant is told, and how many visits are split off."""
    run("new", "https://shop.example/", "-c", "spring", "--source", "weekly-news", "--medium", "e")
    Path("r.csv").write_text(f"utm_source,visits\nweekly-news,90\n{value},10\n")
    result = run("compare", "r.csv", "--format", "json")
    found = {one["value"]: one for one in json.loads(result.stdout)["data"]["spellings"]}

    assert result.exit_code == 1
    assert (found[value]["status"], found[value]["meant"]) == ("misspelt", "weekly-news")
    assert "encoding" in found[value]["differs"]


@pytest.mark.parametrize(
    ("source", "medium"),
    [
        ("chatgpt.com", "(not set)"), ("chatgpt.com", "(none)"), ("ChatGPT.com", "referral"),
        ("perplexity.ai", "ai-assistant"), ("perplexity", "(not set)"), ("claude.ai", "referral"),
        ("gemini.google.com", "(not set)"), ("copilot.microsoft.com", "(not set)"),
        ("(not set)", "(not set)"), ("Others", "(not set)"), ("Direct / None", "(none)"),
    ],
)  # fmt: skip
def test_what_nobody_tagged_is_not_foreign(run: Run, source: str, medium: str) -> None:
    """Assistants write their own tag; rests and totals are no names."""
    text = f"utm_source,utm_medium,visits\n{source},{medium},3\nTotal,,3\n"
    run("new", "https://shop.example/", "-c", "spring", "--source", "news", "--medium", "email")
    Path("r.csv").write_text(text)
    shown = run("compare", "r.csv", "--format", "csv").stdout.splitlines()[1:]

    assert [row.split(",")[2] for row in shown] == ["automatic", "automatic"]


def test_an_assistant_with_a_campaign_of_yours_is_foreign(run: Run) -> None:
    """Someone paid for that link."""
    assert compared(run, "utm_source,utm_medium,visits\nchatgpt.com,cpc,3\n")[1] == {
        ("source", "chatgpt.com"): 3,
        ("medium", "cpc"): 3,
    }
    assert "foreign" in run("compare", "r.csv").stdout + run("compare", "r.csv", "-F", "csv").stdout

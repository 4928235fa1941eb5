"""Marks in the user agent of a browser inside an app: a person who opened a link in that app.

The first match wins. Letter case matters.

Sources, read 2026-11: the fixtures of matomo-org/device-detector, ua-parser/uap-core and
omrilotan/isbot; Zalo and Kik from secondary sources.

The phone apps of WhatsApp, Signal, Apple's Messages and most mail apps open the usual browser and
leave no mark: only a tag in the link shows where such a visit comes from.
"""

from __future__ import annotations

from typing import NamedTuple


class InAppBrowser(NamedTuple):
    """The browser in one app."""

    app: str
    """The app."""
    pattern: str
    """A regular expression that is searched in the user agent."""


IN_APP_BROWSERS = (
    InAppBrowser(
        "Messenger",
        r"FBAN/Messenger|FB_IAB/Orca-Android|FBAN/Orca-Android|FB_IAB/MESSENGER|FBAN/mLite"
        r"|MessengerLite|MessengerForiOS",
    ),
    InAppBrowser("Instagram", r" Instagram \d|^Instagram \d"),
    InAppBrowser("Threads", r" Barcelona \d"),
    InAppBrowser("Facebook", r"FBAN/|FBAV/|FB_IAB/|MetaIAB"),
    InAppBrowser("LINE", r" Line/\d"),
    InAppBrowser("KakaoTalk", r"KAKAOTALK[/ ]\d"),
    InAppBrowser("DingTalk", r"AliApp\(DingTalk/"),
    InAppBrowser("WeChat", r"MicroMessenger/"),
    InAppBrowser("Telegram", r"Telegram-Android/"),
    InAppBrowser("Viber", r" Viber/\d| Viber$"),
    InAppBrowser("Snapchat", r"Snapchat[/ ]?\d"),
    InAppBrowser("Zalo", r" Zalo android/| Zalo iOS/"),
    InAppBrowser("Kik", r" Kik/\d|^Kik/\d"),
    InAppBrowser("Slack", r"Slack_SSB/| Slack/\d"),
    InAppBrowser("Microsoft Teams", r"TeamsMobile-| Teams/\d"),
    InAppBrowser("Discord", r" discord/\d| Discord/\d"),
    InAppBrowser("Mattermost", r" Mattermost/\d"),
    InAppBrowser("Rocket.Chat", r" Rocket\.?Chat\+?/\d"),
    InAppBrowser("WhatsApp", r"WhatsAppElectron/|whatsapp-app/|whatsapp-linux-app/| WhatsApp/\d"),
    InAppBrowser("LinkedIn", r"LinkedInApp"),
    InAppBrowser("X", r"Twitter for iPhone|TwitterAndroid"),
    InAppBrowser("TikTok", r"musical_ly|trill_|BytedanceWebview| Bytedance"),
    InAppBrowser("Pinterest", r"\[Pinterest/(?:iOS|Android)\]|Pinterest for "),
    InAppBrowser("Reddit", r" Reddit/"),
    InAppBrowser("Flipboard", r" Flipboard/\d"),
    InAppBrowser("Weibo", r" Weibo \(|__weibo__"),
    InAppBrowser("QQ", r" QQ/\d"),
    InAppBrowser("NAVER", r"NAVER\(inapp"),
    InAppBrowser("Alipay", r"AlipayClient/"),
    InAppBrowser("Google app", r" GSA/\d|GoogleApp/"),
)

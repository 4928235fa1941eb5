"""Hosts and Android apps that send visitors: kind, name, hosts.

GA4's lists (`analytics/ga4/sources.py`) know the public sites; here are the private ones, which GA4
files under social or not at all, AI assistants, and names. A site where posts and messages share a
host, such as Facebook, is social.

Sources, read 2026-11: Snowplow's referer-parser, PostHog, Plausible (hosts of webmail and chat;
facts only), matomo-org/searchengine-and-social-list 3b3a82dc (AI assistants; public domain); the
hosts of wa.me, Office 365 and French webmail, and the well-known spammers, from general knowledge.
"""

from __future__ import annotations

from typing import NamedTuple


class Site(NamedTuple):
    """A site or an app."""

    kind: str
    """A kind of `referrers.ReferrerKind`."""
    name: str
    """Its name in a report."""
    hosts: str
    """Its hosts, or its Android packages, in lower case; `www.` is left out."""


HOSTS = (
    Site("messaging", "WhatsApp", "web.whatsapp.com whatsapp.com wa.me api.whatsapp.com l.wl.co"),
    Site(
        "messaging",
        "Telegram",
        "web.telegram.org webk.telegram.org webz.telegram.org weba.telegram.org t.me telegram.me"
        " telegram.org",
    ),
    Site("messaging", "Messenger", "messenger.com l.messenger.com"),
    Site("messaging", "Slack", "app.slack.com slack.com slack-redir.net"),
    Site("messaging", "Discord", "discord.com discordapp.com ptb.discord.com canary.discord.com"),
    Site(
        "messaging",
        "Microsoft Teams",
        "teams.microsoft.com statics.teams.cdn.office.net teams.live.com teams.cloud.microsoft",
    ),
    Site("messaging", "Skype", "web.skype.com"),
    Site("messaging", "Google Messages", "messages.google.com"),
    Site("messaging", "Google Chat", "chat.google.com"),
    Site("messaging", "Snapchat", "snapchat.com web.snapchat.com"),
    Site("messaging", "Zalo", "chat.zalo.me"),
    Site("messaging", "LINE", "line.me liff.line.me"),
    Site("messaging", "WeChat", "wx.qq.com web.wechat.com"),
    Site("messaging", "Element", "app.element.io"),
    Site("email", "Gmail", "mail.google.com inbox.google.com"),
    Site(
        "email",
        "Outlook",
        "outlook.live.com mail.live.com outlook.office.com outlook.office365.com"
        " outlook.cloud.microsoft",
    ),
    Site("email", "Yahoo Mail", "mail.yahoo.com mail.yahoo.co.jp"),
    Site("email", "AOL Mail", "mail.aol.com"),
    Site("email", "iCloud Mail", "icloud.com"),
    Site("email", "Proton Mail", "mail.proton.me"),
    Site("email", "Fastmail", "app.fastmail.com"),
    Site("email", "Zoho Mail", "mail.zoho.com mail.zoho.eu"),
    Site("email", "Infomaniak", "mail.infomaniak.com"),
    Site("email", "Orange", "messagerie.orange.fr wmail.orange.fr messageriepro3.orange.fr"),
    Site("email", "La Poste", "webmail.laposte.net"),
    Site("email", "Free", "webmail.free.fr zimbra.free.fr"),
    Site("email", "SFR", "messagerie.sfr.fr"),
    Site("email", "Bouygues", "webmail.bbox.fr"),
    Site(
        "email",
        "GMX or WEB.DE",
        "deref-gmx.net deref-gmx.com deref-gmx.fr deref-web.de deref-mail.com",
    ),
    Site("email", "T-Online", "email.t-online.de"),
    Site("email", "TIM", "webmail.tim.it"),
    Site("email", "Mail.ru", "e.mail.ru"),
    Site("email", "Rambler", "mail.rambler.ru"),
    Site("email", "Seznam", "email.seznam.cz"),
    Site("email", "Yandex Mail", "mail.yandex.ru mail.yandex.com"),
    Site("email", "QQ Mail", "mail.qq.com"),
    Site(
        "social",
        "Facebook",
        "facebook.com m.facebook.com l.facebook.com lm.facebook.com web.facebook.com fb.me fb.com",
    ),
    Site("social", "Instagram", "instagram.com l.instagram.com"),
    Site("social", "Threads", "threads.net threads.com l.threads.net l.threads.com"),
    Site("social", "X", "x.com t.co twitter.com mobile.twitter.com"),
    Site("social", "LinkedIn", "linkedin.com lnkd.in"),
    Site("social", "Pinterest", "pinterest.com pin.it"),
    Site("social", "Reddit", "reddit.com old.reddit.com out.reddit.com np.reddit.com"),
    Site("social", "Bluesky", "bsky.app go.bsky.app"),
    Site("social", "Mastodon", "mastodon.social mastodon.online mas.to mstdn.social"),
    Site("social", "TikTok", "tiktok.com vm.tiktok.com"),
    Site("social", "Hacker News", "news.ycombinator.com"),
    Site("social", "VK", "vk.com m.vk.com away.vk.com vkontakte.ru"),
    Site("social", "XING", "xing.com"),
    Site("social", "GitHub", "github.com"),
    Site("video", "YouTube", "youtube.com m.youtube.com youtu.be"),
    Site("video", "Vimeo", "vimeo.com player.vimeo.com"),
    Site("video", "Twitch", "twitch.tv m.twitch.tv"),
    Site("search", "Brave", "search.brave.com"),
    Site("search", "DuckDuckGo", "duckduckgo.com html.duckduckgo.com lite.duckduckgo.com"),
    Site("search", "Startpage", "startpage.com"),
    Site("search", "Kagi", "kagi.com"),
    Site("search", "Ecosia", "ecosia.org"),
    Site("search", "Qwant", "qwant.com lite.qwant.com"),
    Site("search", "Mojeek", "mojeek.com"),
    Site("search", "Swisscows", "swisscows.com"),
    Site("search", "MetaGer", "metager.de metager.org"),
    Site("search", "Petal Search", "petalsearch.com"),
    Site("search", "Ask", "ask.com"),
    Site("ai", "ChatGPT", "chatgpt.com chat.openai.com labs.openai.com"),
    Site("ai", "Claude", "claude.ai"),
    Site("ai", "Copilot", "copilot.microsoft.com m365.cloud.microsoft"),
    Site("ai", "Gemini", "gemini.google.com bard.google.com"),
    Site("ai", "NotebookLM", "notebooklm.google.com"),
    Site("ai", "Perplexity", "perplexity.ai"),
    Site("ai", "DeepSeek", "chat.deepseek.com"),
    Site("ai", "Grok", "grok.com"),
    Site("ai", "Le Chat", "chat.mistral.ai"),
    Site("ai", "Meta AI", "meta.ai"),
    Site("ai", "Qwen", "chat.qwen.ai"),
    Site("ai", "ChatGLM", "chatglm.cn"),
    Site("ai", "Baidu AI", "yiyan.baidu.com ai.baidu.com"),
    Site("ai", "iAsk", "iask.ai"),
    Site("ai", "Phind", "phind.com"),
    Site("ai", "Poe", "poe.com"),
    Site("ai", "You.com", "you.com"),
)

MAIL_GATEWAYS = (
    Site("email", "Microsoft Safe Links", "safelinks.protection.outlook.com"),
    Site("email", "Barracuda", "linkprotect.cudasvc.com"),
    Site("email", "Proofpoint", "urldefense.proofpoint.com urldefense.com urldefense.us"),
    Site("email", "Mimecast", "mimecast.com mimecastprotect.com"),
    Site("email", "Cisco", "secure-web.cisco.com"),
    Site("email", "Sophos", "protection.sophos.com"),
    Site("email", "Trend Micro", "trendmicro.com"),
)
"""Gateways that rewrite links in mails, with their subdomains."""

ANDROID_APPS = (
    Site("email", "Gmail", "com.google.android.gm com.google.android.gm.lite"),
    Site("email", "Outlook", "com.microsoft.office.outlook com.microsoft.outlooklite"),
    Site("email", "Yahoo Mail", "com.yahoo.mobile.client.android.mail"),
    Site("email", "AOL Mail", "com.aol.mobile.aolapp"),
    Site("email", "BlueMail", "me.bluemail.mail"),
    Site("email", "Edison Mail", "com.easilydo.mail"),
    Site("email", "Apple Mail", "com.apple.mobilemail"),
    Site("email", "Proton Mail", "ch.protonmail.android"),
    Site("email", "K-9 Mail or Thunderbird", "com.fsck.k9 net.thunderbird.android"),
    Site("email", "Samsung Email", "com.samsung.android.email.provider"),
    Site("messaging", "Slack", "com.slack"),
    Site("messaging", "WhatsApp", "com.whatsapp com.whatsapp.w4b"),
    Site(
        "messaging",
        "Telegram",
        "org.telegram.messenger org.telegram.messenger.web org.telegram.plus"
        " org.thunderdog.challegram",
    ),
    Site("messaging", "Messenger", "com.facebook.orca com.facebook.mlite"),
    Site("messaging", "Snapchat", "com.snapchat.android"),
    Site("messaging", "Discord", "com.discord"),
    Site("messaging", "LINE", "jp.naver.line.android"),
    Site("messaging", "Viber", "com.viber.voip"),
    Site("messaging", "Signal", "org.thoughtcrime.securesms"),
    Site("messaging", "Google Messages", "com.google.android.apps.messaging"),
    Site("messaging", "Samsung Messages", "com.samsung.android.messaging"),
    Site("messaging", "Microsoft Teams", "com.microsoft.teams"),
    Site("messaging", "Google Chat", "com.google.android.apps.dynamite"),
    Site("messaging", "KakaoTalk", "com.kakao.talk"),
    Site("messaging", "WeChat", "com.tencent.mm"),
    Site("messaging", "Threema", "ch.threema.app"),
    Site("social", "Facebook", "com.facebook.katana com.facebook.lite"),
    Site("social", "Instagram", "com.instagram.android"),
    Site("social", "Threads", "com.instagram.barcelona"),
    Site("social", "LinkedIn", "com.linkedin.android"),
    Site("social", "X", "com.twitter.android"),
    Site("social", "Reddit", "com.reddit.frontpage"),
    Site("social", "Pinterest", "com.pinterest"),
    Site("social", "TikTok", "com.zhiliaoapp.musically com.ss.android.ugc.trill"),
    Site("social", "Bluesky", "xyz.blueskyweb.app"),
    Site("social", "Mastodon", "org.joinmastodon.android"),
    Site("video", "YouTube", "com.google.android.youtube"),
    Site("search", "Google app", "com.google.android.googlequicksearchbox"),
    Site("search", "Bing", "com.microsoft.bing"),
    Site("search", "DuckDuckGo", "com.duckduckgo.mobile.android"),
    Site("ai", "ChatGPT", "com.openai.chatgpt"),
    Site("ai", "Claude", "com.anthropic.claude"),
    Site("ai", "Perplexity", "ai.perplexity.app.android"),
)

# Sites with one address in each country: kind and name by the word before the ending.
EVERYWHERE = {
    "google": ("search", "Google"),
    "bing": ("search", "Bing"),
    "yahoo": ("search", "Yahoo"),
    "yandex": ("search", "Yandex"),
    "baidu": ("search", "Baidu"),
    "pinterest": ("social", "Pinterest"),
    "amazon": ("shopping", "Amazon"),
    "ebay": ("shopping", "eBay"),
    "etsy": ("shopping", "Etsy"),
}
PREFIXES = frozenset(
    "www m search images news web mobile touch lite old new out l lm amp cn r".split()
)
"""First labels of a host that lead to the same site; so do two letters, such as `fr`."""
WEBMAIL_PREFIXES = frozenset("webmail mail roundcube owa zimbra horde rainloop".split())

SPAM = frozenset(
    """
    semalt.com buttons-for-website.com buttons-for-your-website.com darodar.com econom.co
    ilovevitaly.com ilovevitaly.co priceg.com blackhatworth.com hulfingtonpost.com o-o-6-o-o.com
    cenoval.ru bestwebsitesawards.com free-share-buttons.com free-social-buttons.com
    social-buttons.com get-free-traffic-now.com best-seo-offer.com best-seo-solution.com
    100dollars-seo.com success-seo.com videos-for-your-business.com 4webmasters.org
    guardlink.org event-tracking.com trafficmonetize.org trafficmonetizer.org webmonetizer.net
    floating-share-buttons.com simple-share-buttons.com make-money-online.com
    responsive-test.net sanjosestartups.com kambasoft.com savetubevideo.com
    rank-checker.online website-analyzer.info copyrightclaims.org burger-imperia.com
    7makemoneyonline.com iskalko.ru adcash.com o-o-8-o-o.com share-buttons.xyz
    bot-traffic.icu bot-traffic.xyz trafficbot.life traffic-bot.space traffic2cash.xyz
    """.split()
)

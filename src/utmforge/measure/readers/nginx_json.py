"""nginx and Apache with a JSON `log_format` of the user's own: the keys that such formats use."""

from __future__ import annotations

from utmforge.measure.readers.json_lines import JsonFormat, Keys

NGINX_JSON = JsonFormat(
    name="nginx_json",
    title="JSON lines",
    keys=Keys(
        time=(
            *("time_iso8601", "time_local", "msec", "@timestamp", "timestamp", "time", "ts"),
            *("date", "datetime"),
        ),
        ip=(
            *("remote_addr", "client_ip", "clientip", "remote_ip", "client", "ip", "remote_host"),
            *("remoteip", "client.ip", "source.ip"),
        ),
        request=("request", "request_line"),
        method=("request_method", "method", "http_method", "verb", "http.request.method"),
        target=("request_uri", "uri", "url", "target", "path", "url.original"),
        status=("status", "status_code", "response", "code", "http.response.status_code"),
        host=("host", "http_host", "server_name", "vhost", "domain", "url.domain"),
        referrer=("http_referer", "http_referrer", "referer", "referrer", "http.request.referrer"),
        user_agent=("http_user_agent", "user_agent", "useragent", "agent", "user_agent.original"),
        fetch_site=(
            *("http_sec_fetch_site", "sec_fetch_site", "sec-fetch-site", "Sec-Fetch-Site"),
            "http.request.headers.sec-fetch-site",
        ),
    ),
)

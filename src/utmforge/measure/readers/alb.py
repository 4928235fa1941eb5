"""The access log of an AWS Application Load Balancer: it has no referrers.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html.
"""

from __future__ import annotations

from utmforge.measure.readers.quoted import QuotedFormat

ALB = QuotedFormat(
    name="alb",
    title="AWS ALB",
    layout=(
        "$type $time_iso8601 $elb $remote_addr:$client_port $target_address "
        "$request_processing_time $target_processing_time $response_processing_time "
        "$status $target_status $received $sent "
        '"$request" "$http_user_agent"'
    ),
    may_go_on=True,
)

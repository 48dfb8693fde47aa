"""The HTML of the made-up mails: tables and inline styles, as mail is written."""

from html import escape

FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"


def sheet(accent: str, brand: str, body: str, *, ground: str = "#f3f4f6", rtl: bool = False) -> str:
    """A white sheet on a coloured ground, with the sender's name on top and a foot."""
    direction = ' dir="rtl"' if rtl else ""
    return (
        f'<!doctype html><html{direction}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title></title></head>'
        f'<body style="margin:0;background:{ground};{FONT};font-size:15px;line-height:1.55;'
        'color:#20242a"><table role="presentation" width="100%" cellpadding="0" cellspacing="0">'
        '<tr><td align="center" style="padding:32px 16px"><table role="presentation" width="100%" '
        'cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;'
        'border-radius:12px;border:1px solid #e3e6ea">'
        f'<tr><td style="padding:24px 32px 0;font-size:17px;font-weight:700;color:{accent}">'
        f'{brand}</td></tr><tr><td style="padding:12px 32px 32px">{body}</td></tr></table>'
        f'<p style="font-size:12px;color:#6b7280">{brand} · Harbour Street 12 · '
        '<a href="https://example.com/unsubscribe?u=ann" style="color:#6b7280">Unsubscribe</a></p>'
        "</td></tr></table></body></html>"
    )


def button(accent: str, text: str, url: str) -> str:
    """A link that looks like a button."""
    return (
        f'<p style="margin:24px 0"><a href="{escape(url)}" style="display:inline-block;'
        f"padding:12px 22px;background:{accent};color:#ffffff;border-radius:8px;font-weight:600;"
        f'text-decoration:none">{text}</a></p>'
    )


def code(digits: str) -> str:
    """A one-time code, large."""
    return (
        '<p style="margin:20px 0;padding:18px;background:#f3f4f6;border-radius:10px;'
        f'text-align:center;font:700 32px/1 monospace;letter-spacing:8px">{digits}</p>'
    )


def bill(rows: tuple[tuple[str, str], ...], total: str) -> str:
    """What was bought, with the sum below."""
    cell = "padding:10px 0;border-bottom:1px solid #e9ecef"
    lines = "".join(
        f'<tr><td style="{cell}">{what}</td><td align="right" style="{cell}">{price}</td></tr>'
        for what, price in rows
    )
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
        f'style="margin:16px 0">{lines}<tr><td style="padding:12px 0;font-weight:700">Total</td>'
        f'<td align="right" style="padding:12px 0;font-weight:700">{total}</td></tr></table>'
    )


def heading(text: str) -> str:
    """The first line."""
    return f'<h1 style="margin:4px 0 12px;font-size:24px;line-height:1.25">{text}</h1>'


def newsletter(title: str, lead: str, stories: tuple[tuple[str, str, str], ...]) -> str:
    """A head in colour, then stories in two columns, each with a band of its own colour."""
    cells = [
        f'<td width="50%" valign="top" style="padding:12px"><div style="height:88px;'
        f'border-radius:10px;background:{colour}"></div><h2 style="margin:12px 0 4px;'
        f'font-size:17px">{head}</h2><p style="margin:0;color:#4b5563">{text}</p></td>'
        for colour, head, text in stories
    ]
    rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    return (
        '<!doctype html><html><head><meta charset="utf-8"><title></title></head>'
        f'<body style="margin:0;background:#eef1f0;{FONT};font-size:15px;line-height:1.5;'
        'color:#20242a"><table role="presentation" width="100%" cellpadding="0" cellspacing="0">'
        '<tr><td align="center" style="padding:24px 12px"><table role="presentation" width="100%" '
        'cellpadding="0" cellspacing="0" style="max-width:620px;background:#ffffff;'
        'border-radius:14px"><tr><td style="padding:44px 36px;border-radius:14px 14px 0 0;'
        'background:linear-gradient(120deg,#0d6b5e,#2a9d8f 60%,#e9c46a);color:#ffffff">'
        f'<div style="font-size:13px;letter-spacing:2px">THE TEST POST</div><h1 style="margin:8px 0'
        f' 6px;font-size:30px;line-height:1.2">{title}</h1><p style="margin:0;font-size:16px">'
        f'{lead}</p></td></tr><tr><td style="padding:20px 24px"><table role="presentation" '
        f'width="100%" cellpadding="0" cellspacing="0">{rows}</table></td></tr><tr><td '
        'style="padding:0 36px 32px"><a href="https://letters.example/87?ref=mail" style="color:'
        '#0d6b5e;font-weight:600">Read the whole issue</a>'
        '<img src="https://tracker.letters.example/open.gif?i=87" width="1" height="1" alt="">'
        "</td></tr></table></td></tr></table></body></html>"
    )

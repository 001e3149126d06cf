"""Our own icons, drawn on a 24 × 24 grid; lines take the colour of the text beside them."""

LINES = {
    "arrow": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4"/>',
    "bookmark": '<path d="M7 4h10v16l-5-4-5 4z"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V8m7-4.5V8"/>',
    "chevron-down": '<path d="m6 9.5 6 6 6-6"/>',
    "chevron-left": '<path d="m14.5 6-6 6 6 6"/>',
    "chevron-right": '<path d="m9.5 6 6 6-6 6"/>',
    "circle": '<circle cx="12" cy="12" r="6.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2.5"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "document": '<path d="M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5M9 13h6m-6 3.5h6"/>',
    "download": '<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>',
    "eye": '<path d="M2.5 12c2.5-4.5 5.7-6.5 9.5-6.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "eye-off": '<path d="M4 4.5 20 19.5M9.5 6c5-1.5 9 .5 12 6a15 15 0 0 1-3 3.8M6 8.2A15 15 0 0 0 2.5 12'
    'c3 5.5 7.5 7.5 12.5 6"/>',
    "filter": '<path d="M4 7h16M7 12h10m-7 5h4"/>',
    "flag": '<path d="M6 21V4h12l-3 4.5 3 4.5H6"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.5"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7L11.5 6.8M14 10a4 4 0 0 0-5.7 0l-3 3'
    'a4 4 0 0 0 5.7 5.7l1.5-1.5"/>',
    "lock": '<path d="M5.5 11h13v9.5h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "medal": '<circle cx="12" cy="9" r="5.5"/><path d="m8.5 13.5-1.5 7.5 5-2.5 5 2.5-1.5-7.5"/>',
    "message": '<path d="M4 5h16v11h-8.5L7 20v-4H4z"/>',
    "pencil": '<path d="M4.5 19.5 5.5 15 16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.5-4.5 3-6.5 6.5-6.5s6 2 6.5 6.5M15.5 5.5'
    'a3.5 3.5 0 0 1 0 6.5m2 1.5c2.5.8 3.7 2.8 4 6"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.5-5 3.5-7 7.5-7s7 2 7.5 7"/>',
    "place": '<path d="M12 21c-4.5-5-6.5-8.3-6.5-11a6.5 6.5 0 0 1 13 0c0 2.7-2 6-6.5 11z"/>'
    '<circle cx="12" cy="10" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8.5V4h10v4.5M7 16.5H4v-8h16v8h-3M7 14h10v6H7z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
    "shield": '<path d="M12 3.5 19 6v6c0 4-2.5 6.8-7 8.5-4.5-1.7-7-4.5-7-8.5V6zM8.5 12l2.5 2.5 4.5-5"/>',
    "tick": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "trash": '<path d="M4.5 7h15M9 7V4h6v3M6.5 7l1 13.5h9l1-13.5M10.5 11v6m3-6v6"/>',
    "upload": '<path d="M12 15V4M7 9l5-5 5 5M5 20h14"/>',
    "video": '<path d="M3.5 6.5h11v11h-11zM14.5 11l6-3.5v9l-6-3.5"/>',
    "warning": '<path d="M12 4 21.5 20h-19zM12 10v4.5m0 2.5v.5"/>',
}
SOLIDS = {
    "bookmark-filled": '<path d="M6 3h12v18.5l-6-4.8-6 4.8z"/>',
    "dot": '<circle cx="12" cy="12" r="6"/>',
    "half": '<path d="M12 5.5a6.5 6.5 0 0 1 0 13z"/><circle cx="12" cy="12" r="6.5" fill="none" '
    'stroke="currentColor" stroke-width="2"/>',
    "star": '<path d="m12 2.8 2.8 6 6.5.8-4.8 4.5 1.3 6.5-5.8-3.3-5.8 3.3 1.3-6.5-4.8-4.5 6.5-.8z"/>',
}


def markup(name: str) -> str:
    """The drawing inside the `svg` element; KeyError for a name that nobody drew, so that a typo fails its test."""
    if name in SOLIDS:
        return f'<g fill="currentColor">{SOLIDS[name]}</g>'
    return (
        '<g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
        f"{LINES[name]}</g>"
    )

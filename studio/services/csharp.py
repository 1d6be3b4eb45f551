"""A program in C#, in words that the language has had since version 5: programs of the old service's time are
extended with it. Pure."""

from __future__ import annotations

import json
from textwrap import indent

USES = ("System", "System.Net.Http", "System.Net.Http.Headers", "System.Text", "System.Threading.Tasks")


def csharp_program(url: str, body: str, calling: str, uses: tuple[str, ...] = (), hint: str = "") -> str:
    """`calling`: what is done with `url`, `content` and `client`. `body`: JSON. `hint`: said above it."""
    using = "\n".join(f"using {name};" for name in sorted({*USES, *uses}))
    quoted = body.replace('"', '""')
    said = f"        // {hint}\n" if hint else ""
    return f"""{using}

class Program
{{
    static void Main()
    {{
        Call().Wait();
    }}

    static async Task Call()
    {{
        var url = {json.dumps(url)};
{said}        var body = @"{quoted}";
        using (var client = new HttpClient())
        {{
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer", Environment.GetEnvironmentVariable("STUDIO_SERVICE_KEY"));
            var content = new StringContent(body, Encoding.UTF8, "application/json");
{indent(calling, " " * 12)}        }}
    }}
}}
"""

"""Drives `quipu mcp` with the official SDK: requests as JSON on standard input, what came back as JSON out.

The SDK checks every structured answer against the output schema that the server listed.
A request with `after` is sent so many seconds later, one with `patience` is taken back after so many seconds.
Usage: client.py QUIPU INDEX [OPTION...]; the environment's MODE picks how the protocol's version is agreed on.
"""

import asyncio
import json
import os
import sys

import anyio
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError


def plain(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


async def answer(client, request):
    try:
        match request:
            case {"tool": name, **rest}:
                result = await client.call_tool(name, rest.get("arguments", {}))
                if result.is_error:
                    return {"error": result.content[0].text}
                assert json.loads(result.content[0].text) == result.structured_content
                return result.structured_content
            case {"read": uri}:
                return {"text": (await client.read_resource(uri)).contents[0].text}
            case {"list": "tools"}:
                return [plain(tool) for tool in (await client.list_tools()).tools]
            case {"list": "templates"}:
                return [t.uri_template for t in (await client.list_resource_templates()).resource_templates]
            case {"list": "resources"}:
                found, cursor, pages = [], None, 0
                while pages == 0 or cursor:
                    page = await client.list_resources(cursor=cursor)
                    found += [resource.uri for resource in page.resources]
                    cursor, pages = page.next_cursor, pages + 1
                return {"uris": found, "pages": pages}
    except MCPError as error:
        return {"refused": error.error.code, "message": error.error.message}
    raise ValueError(request)


async def patient(client, request):
    await anyio.sleep(request.get("after", 0))
    with anyio.move_on_after(request.get("patience", float("inf"))):
        return await answer(client, request)
    return {"taken back": True}


async def main(quipu, index, options):
    server = StdioServerParameters(command=quipu, args=["--index", index, "mcp", *options])
    async with Client(server, mode=os.environ.get("MODE", "auto")) as client:
        await client.list_tools()
        requests = json.load(sys.stdin)
        # All at once: answers come back in any order.
        answers = await asyncio.gather(*(patient(client, request) for request in requests))
        about = {"name": client.server_info.name, "protocol": client.protocol_version}
        json.dump({"about": about, "answers": answers}, sys.stdout)


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3:]))

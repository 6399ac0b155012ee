"""The official Python SDK, version 2, keeps a list: official_v2.py MODE URL, or official_v2.py MODE COMMAND ARGUMENT…
(the token in TOKEN; a command inherits the environment)."""

import asyncio
import os
import sys

import httpx2 as httpx
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from story import keeps_a_list


async def talk(client: Client) -> None:
    tools = [tool.name for tool in (await client.list_tools()).tools]

    async def call(name: str, arguments: dict):
        result = await client.call_tool(name, arguments)
        return result.is_error, result.structured_content

    await keeps_a_list(tools, call)


async def main(mode: str, target: str, *arguments: str) -> None:
    if not target.startswith("http"):
        server = StdioServerParameters(command=target, args=list(arguments), env=dict(os.environ))
        async with Client(server, mode=mode) as client:
            await talk(client)
        return
    headers = {"Authorization": f"Bearer {os.environ['TOKEN']}"}
    async with httpx.AsyncClient(headers=headers) as http:
        async with Client(streamable_http_client(target, http_client=http), mode=mode) as client:
            await talk(client)


asyncio.run(main(*sys.argv[1:]))

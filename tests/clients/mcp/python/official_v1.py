"""The official Python SDK, version 1, keeps a list: official_v1.py URL (the token in TOKEN)."""

import asyncio
import os
import sys

import httpx
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from story import keeps_a_list


async def main(url: str) -> None:
    headers = {"Authorization": f"Bearer {os.environ['TOKEN']}"}
    async with (
        httpx.AsyncClient(headers=headers) as http,
        streamable_http_client(url, http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        await session.send_ping()
        tools = [tool.name for tool in (await session.list_tools()).tools]

        async def call(name: str, arguments: dict):
            result = await session.call_tool(name, arguments)
            return result.isError, result.structuredContent

        await keeps_a_list(tools, call)


asyncio.run(main(sys.argv[1]))

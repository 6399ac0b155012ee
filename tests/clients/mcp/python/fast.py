"""fastmcp keeps a list: fast.py URL (the token in TOKEN)."""

import asyncio
import os
import sys

from fastmcp import Client
from story import keeps_a_list


async def main(url: str) -> None:
    async with Client(url, auth=os.environ["TOKEN"]) as client:
        tools = [tool.name for tool in await client.list_tools()]

        async def call(name: str, arguments: dict):
            result = await client.call_tool(name, arguments, raise_on_error=False)
            return result.is_error, result.structured_content

        await keeps_a_list(tools, call)


asyncio.run(main(sys.argv[1]))

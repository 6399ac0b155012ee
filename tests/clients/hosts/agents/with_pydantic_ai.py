"""An agent of Pydantic AI: with_pydantic_ai.py PROMPT."""

import asyncio
import os
import sys

from pydantic_ai import Agent
from pydantic_ai.mcp import MCPToolset
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider


async def main(prompt: str) -> None:
    headers = {"Authorization": f"Bearer {os.environ['TODO_TOKEN']}"}
    provider = OpenAIProvider(base_url=f"{os.environ['MODEL_URL']}/v1", api_key="none")
    model = OpenAIChatModel("scripted", provider=provider)
    agent = Agent(model, toolsets=[MCPToolset(os.environ["MCP_URL"], headers=headers)])
    print((await agent.run(prompt)).output)


asyncio.run(main(sys.argv[1]))

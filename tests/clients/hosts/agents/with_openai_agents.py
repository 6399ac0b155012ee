"""An agent of OpenAI's Agents SDK: with_openai_agents.py PROMPT."""

import asyncio
import os
import sys

from agents import Agent, OpenAIChatCompletionsModel, Runner, set_tracing_disabled
from agents.mcp import MCPServerStreamableHttp
from openai import AsyncOpenAI


async def main(prompt: str) -> None:
    set_tracing_disabled(True)
    headers = {"Authorization": f"Bearer {os.environ['TODO_TOKEN']}"}
    client = AsyncOpenAI(base_url=f"{os.environ['MODEL_URL']}/v1", api_key="none")
    model = OpenAIChatCompletionsModel(model="scripted", openai_client=client)
    async with MCPServerStreamableHttp({"url": os.environ["MCP_URL"], "headers": headers}) as server:
        agent = Agent(name="todo", model=model, mcp_servers=[server])
        print((await Runner.run(agent, prompt)).final_output)


asyncio.run(main(sys.argv[1]))

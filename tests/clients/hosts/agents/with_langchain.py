"""An agent of LangChain: with_langchain.py PROMPT."""

import asyncio
import os
import sys

from langchain.agents import create_agent
from langchain_mcp_adapters.client import MultiServerMCPClient
from langchain_openai import ChatOpenAI


async def main(prompt: str) -> None:
    headers = {"Authorization": f"Bearer {os.environ['TODO_TOKEN']}"}
    servers = MultiServerMCPClient({"todo": {"transport": "http", "url": os.environ["MCP_URL"], "headers": headers}})
    model = ChatOpenAI(model="scripted", base_url=f"{os.environ['MODEL_URL']}/v1", api_key="none")
    agent = create_agent(model, await servers.get_tools())
    state = await agent.ainvoke({"messages": [{"role": "user", "content": prompt}]})
    print(state["messages"][-1].content)


asyncio.run(main(sys.argv[1]))

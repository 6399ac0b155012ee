"""An agent of Google's Agent Development Kit: with_google_adk.py PROMPT."""

import asyncio
import os
import sys

from google.adk.agents import LlmAgent
from google.adk.models import Gemini
from google.adk.runners import InMemoryRunner
from google.adk.tools.mcp_tool import McpToolset, StreamableHTTPConnectionParams
from google.genai import types


async def main(prompt: str) -> None:
    os.environ |= {"GOOGLE_API_KEY": "none", "GOOGLE_GEMINI_BASE_URL": os.environ["MODEL_URL"]}
    headers = {"Authorization": f"Bearer {os.environ['TODO_TOKEN']}"}
    connection = StreamableHTTPConnectionParams(url=os.environ["MCP_URL"], headers=headers)
    toolset = McpToolset(connection_params=connection)
    runner = InMemoryRunner(LlmAgent(name="todo", model=Gemini(model="gemini-2.5-flash"), tools=[toolset]))
    session = await runner.session_service.create_session(app_name=runner.app_name, user_id="ann")
    message = types.Content(role="user", parts=[types.Part(text=prompt)])
    async for event in runner.run_async(user_id="ann", session_id=session.id, new_message=message):
        for part in event.content.parts if event.content else []:
            print(part.text or "")
    await toolset.close()


asyncio.run(main(sys.argv[1]))

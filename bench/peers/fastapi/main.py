"""The list of tasks in the shape of the Python service that this app replaces: FastAPI, SQLModel, asyncpg, uvicorn. It reads the app's own table and
verifies the app's own tokens by its key set.

Set as the documentation of these libraries proposes: asynchronous throughout, uvloop, a pool of connections, the key set kept for five minutes.
It does less than the app: it counts no requests, and returns the seven members that a task had then.
"""

import os
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import DateTime
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

ISSUER = os.environ["ISSUER"]

engine = create_async_engine(os.environ["DATABASE_URL"].replace("postgres://", "postgresql+asyncpg://"), pool_size=16)
new_session = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
key_set = jwt.PyJWKClient(f"{ISSUER}/api/auth/jwks", cache_keys=True)
app = FastAPI()


class Task(SQLModel, table=True):
    """A task, as the predecessor knew it."""

    __table_args__ = {"schema": "todo"}

    user_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True)
    title: str
    description: str | None
    completed: bool
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    updated_at: datetime = Field(sa_type=DateTime(timezone=True))


async def database() -> AsyncIterator[AsyncSession]:
    """A session of one request."""
    async with new_session() as session:
        yield session


async def owner(user_id: str, credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
    """The user of the path, whose token must have been sent."""
    token = credentials.credentials
    try:
        key = key_set.get_signing_key_from_jwt(token)
        claims = jwt.decode(token, key, algorithms=["EdDSA"], issuer=ISSUER, audience=ISSUER)
    except jwt.PyJWTError as error:
        raise HTTPException(401, "The token is not valid.") from error
    if claims["sub"] != user_id:
        raise HTTPException(403, "The token belongs to another user.")
    return user_id


@app.get("/api/{user_id}/tasks")
async def list_tasks(
    owner: Annotated[str, Depends(owner)],
    session: Annotated[AsyncSession, Depends(database)],
    limit: Annotated[int, Query(ge=1, le=100)] = 100,
) -> list[Task]:
    """The first tasks of a user."""
    tasks = await session.exec(select(Task).where(Task.user_id == owner).order_by(Task.id).limit(limit))
    return list(tasks)

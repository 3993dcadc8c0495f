"""Reading with a chat model: prompt, answer, provider, and the cascade that asks it."""

"""How a conversation becomes a confirmed action: reader, flow engine, tools, writer."""

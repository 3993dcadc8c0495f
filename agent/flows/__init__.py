"""The guided ways: data plus pure functions. A flow looks at facts and says the next step; it does nothing itself."""

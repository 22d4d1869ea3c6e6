"""uvicorn's sockets, which also end where the other side reads nothing."""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

# How long the other side has to take what is on its way, after it did not answer a ping.
CLOSING_SECONDS = 5.0


class Protocol(WebSocketsSansIOProtocol):
    """Who answers no ping is let go by uvicorn as soon as everything is written: to somebody who never
    reads that is never, and the connection and its buffers stay for as long as the process."""

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.loop.call_later(CLOSING_SECONDS, self.transport.abort)

"""Perceptual hashes: pictures that look the same have hashes that differ in few bits."""

from PIL import Image

NEAR = 8


def prints(picture: Image.Image) -> tuple[str, ...]:
    return ()


def distance(a: str, b: str) -> int:
    """In how many bits two hashes differ."""
    return (int(a, 16) ^ int(b, 16)).bit_count()

"""What one file may be and cost. Pure numbers: the site's pages name them, the child obeys them."""

MOST_BYTES = 20_000_000  # a file
MOST_PIXELS = 25_000_000
MOST_SIDE = 30_000  # px; a long screenshot of a whole talk has 20,000
MOST_FRAMES = 200
MOST_PAGES = 20

# Of all frames or pages together, before they are made smaller.
MOST_FRAME_PIXELS = 250_000_000
# A JPEG tells its pixels again in each scan; cameras and programs write 1 to 12.
MOST_SCANS = 40

# What the child may take. A machine may be three times slower than the ones this was measured on.
MEMORY = 700_000_000  # bytes of addresses, most of them libraries and never touched
PAPER_MEMORY = 300_000_000  # bytes of its own, while a paper is read
SECONDS = 25  # of a clock, a paper of twenty pages included
CPU_SECONDS = 20
PICTURE_SECONDS = 8  # of the processor
PAGE_SECONDS = 1.2  # of the processor, for drawing or writing one page of a paper
MOST_ANSWER = 60_000_000  # bytes of all parts
WAIT_SECONDS = 30  # for a child's turn

# As many as an album of an afternoon; a flood stops within a minute of it.
MOST_IN_HALF_AN_HOUR = 30
HALF_AN_HOUR = 1800  # seconds

WIDTHS = (360, 720, 1200, 2000)
"""px of the steps that pictures are made in."""
ANIMATION_WIDTH = 720
BLUR = 24  # px

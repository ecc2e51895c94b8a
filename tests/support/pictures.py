"""Pictures as somebody uploads them."""

from io import BytesIO

from PIL import Image


def png(size=(600, 200)):
    """A small PNG file."""
    file = BytesIO()
    Image.new("RGB", size, "#1B4AA0").save(file, "PNG")
    return file.getvalue()

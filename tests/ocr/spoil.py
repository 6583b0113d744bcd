#!/usr/bin/env python3
"""spoil.py PAGE.png KIND SEED OUT.png - a printed page as a scanner, a fax machine, a copier or a telephone would give it.

The page is drawn at `spoil.py --dpi KIND`. Everything comes from the seed. KIND is a row of KINDS below.
Needs Debian's python3-numpy and python3-pil.
"""
import math
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter


def grey(image):
    return image.convert("L")


def bytes_of(values):
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def smooth(random, size, points, low, high):
    """A field of few random values, drawn out over the page."""
    small = Image.fromarray((random.rand(points, points) * 255).astype(np.uint8))
    return low + (high - low) * np.asarray(small.resize(size, Image.BICUBIC), np.float32) / 255


def over(values, field):
    return values * (field[..., None] if values.ndim == 3 else field)


def scanned(image, random, turn, blur, noise, black=25, white=245, light=0.95):
    """Turned a little, blurred, lit unevenly, with the sensor's noise."""
    angle = random.uniform(*turn) * random.choice([-1, 1])
    paper = 255 if image.mode == "L" else (255, 255, 255)
    image = image.rotate(angle, Image.BICUBIC, fillcolor=paper).filter(ImageFilter.GaussianBlur(blur))
    values = black + (white - black) * np.asarray(image, np.float32) / 255
    values = over(values, smooth(random, image.size, 4, light, 1.0))
    grain = random.randn(*values.shape[:2]) * noise
    return bytes_of(values + (grain[..., None] if values.ndim == 3 else grain))


def dots(image, random, count, largest, shade):
    draw = ImageDraw.Draw(image)
    for _ in range(count):
        x, y, r = random.randint(image.width), random.randint(image.height), random.rand() * largest
        draw.ellipse([x - r, y - r, x + r, y + r], fill=shade)
    return image


def one_bit(image, random, level, noise, count):
    values = np.asarray(grey(image), np.float32)
    image = bytes_of(np.where(values + random.randn(*values.shape) * noise > level, 255, 0))
    return dots(dots(image, random, count, 1.2, 0), random, count // 3, 1.2, 255).convert("1")


def office(page, random):
    return scanned(grey(page), random, (0.1, 0.5), 0.8, 3)


def desk(page, random):
    """A flat-bed scan with the dark edge of its lid."""
    values = np.asarray(scanned(grey(page), random, (0.5, 2.0), 0.7, 7, light=0.9), np.float32).copy()
    edge = max(int(page.width * 0.025), 1)
    values[:, :edge] = np.minimum(values[:, :edge], np.linspace(40, 255, edge))
    return bytes_of(values)


def small(page, random):
    return scanned(grey(page), random, (0.2, 1.2), 0.55, 6)


def black_white(page, random):
    return one_bit(scanned(grey(page), random, (0.1, 0.8), 0.7, 4), random, 165, 12, 250)


def fax(page, random):
    return one_bit(scanned(grey(page), random, (0.2, 0.9), 0.6, 4), random, 150, 26, 900)


def copied(page, random):
    """A copy of a copy: hard contrast, dirt."""
    values = np.asarray(scanned(grey(page), random, (0.3, 1.2), 0.9, 5), np.float32)
    return dots(bytes_of((values - 90) * 2.55), random, 1600, 2.2, 0)


def shining_through(page, random):
    """The other side shines through: the page itself, mirrored."""
    front = np.asarray(grey(page), np.float32)
    back = np.asarray(grey(page).transpose(Image.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(2)), np.float32)
    strength = random.uniform(0.2, 0.35)
    return scanned(bytes_of(front * (255 - (255 - back) * strength) / 255), random, (0.2, 1.0), 0.7, 5)


def sealed(page, random):
    """A round red seal over the table, and a smaller one at times."""
    layer = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(layer)
    for share in [0.115, 0.09][: random.randint(1, 3)]:
        r = page.width * share
        x, y = page.width * random.uniform(0.3, 0.8), page.height * random.uniform(0.25, 0.75)
        draw.ellipse([x - r, y - r, x + r, y + r], outline=200, width=max(int(r / 14), 2))
        points = [(x + r * (0.3 if k % 2 else 0.12) * math.cos(k * math.pi / 5), y + r * (0.3 if k % 2 else 0.12) * math.sin(k * math.pi / 5)) for k in range(10)]
        draw.polygon(points, fill=200)
        for k in range(14):
            a = math.pi * (0.75 + 1.5 * k / 13)
            u, v = x + r * 0.78 * math.cos(a), y + r * 0.78 * math.sin(a)
            for _ in range(4):
                du, dv = random.uniform(-0.1, 0.1, 2) * r
                draw.line([u - du, v - dv, u + du, v + dv], fill=200, width=max(int(r / 40), 1))
    ink = np.asarray(layer, np.float32)[..., None] / 255 * smooth(random, page.size, 9, 0.5, 1.0)[..., None]
    values = np.asarray(page.convert("RGB"), np.float32)
    red = np.array([214, 32, 38], np.float32)
    return scanned(bytes_of(values * (1 - ink + ink * red / 255)), random, (0.1, 1.0), 0.7, 4)


def seen_aslant(page, random, size, tilt, blur, noise, light, shadow):
    """A sheet on a desk, photographed from above and a bit aside."""
    width, height = size if page.width > page.height else size[::-1]
    away = lambda: 0.05 + abs(random.uniform(-tilt, tilt))
    corners = [(width * away(), height * away()), (width * (1 - away()), height * away()),
               (width * (1 - away()), height * (1 - away())), (width * away(), height * (1 - away()))]
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, [(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)]):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    back = np.linalg.solve(np.array(rows, float), np.array(right, float))
    sheet = page.convert("RGB").transform((width, height), Image.PERSPECTIVE, list(back), Image.BICUBIC)
    mask = Image.new("L", page.size, 255).transform((width, height), Image.PERSPECTIVE, list(back))
    photo = Image.new("RGB", (width, height), (96, 74, 58))
    photo.paste(sheet, (0, 0), mask)
    values = np.asarray(photo.filter(ImageFilter.GaussianBlur(blur)), np.float32)
    values = over(values, smooth(random, photo.size, 3, light, 1.0))
    if shadow:
        dark = np.ones((height, width), np.float32)
        at = int(width * random.uniform(0.1, 0.6))
        dark[:, at : at + width // 3] = 0.6
        values = over(values, np.asarray(bytes_of(dark * 255).filter(ImageFilter.GaussianBlur(width * 0.04)), np.float32) / 255)
    return bytes_of(values + random.randn(height, width, 1) * noise)


def photo(page, random):
    return seen_aslant(page, random, (3300, 2480), 0.035, 1.2, 5, 0.62, False)


def phone(page, random):
    return seen_aslant(page, random, (2400, 1800), 0.05, 0.9, 6, 0.5, True)


def curled(page, random):
    """Bent towards the spine at the left: lines sink there."""
    values = np.asarray(grey(page))
    sink = random.uniform(6, 12) / 1000 * page.height
    out = np.full_like(values, 255)
    for x in range(page.width):
        down = int(round(sink * math.exp(-5 * x / page.width)))
        out[down:, x] = values[: page.height - down, x]
    return scanned(Image.fromarray(out), random, (0.1, 0.6), 0.8, 4, light=0.85)


def turned(page, random):
    return scanned(grey(page), random, (0.2, 0.8), 0.7, 4).transpose([Image.ROTATE_90, Image.ROTATE_180, Image.ROTATE_270][random.randint(3)])


# kind: dots an inch of the print, what is done with it
KINDS = {"office300": (300, office), "grey200": (200, desk), "grey150": (150, small), "bw300": (300, black_white),
         "bleed": (200, shining_through), "seal": (200, sealed), "photo": (250, photo), "phone": (220, phone),
         "curl": (200, curled), "turned": (200, turned), "fax": (200, fax), "copy": (200, copied)}


def main():
    if sys.argv[1] == "--kinds":
        print(*KINDS)
    elif sys.argv[1] == "--dpi":
        print(KINDS[sys.argv[2]][0])
    else:
        page, kind, seed, out = sys.argv[1:]
        dpi, spoil = KINDS[kind]
        spoil(Image.open(page).convert("RGB"), np.random.RandomState(int(seed))).save(out, dpi=(dpi, dpi))


if __name__ == "__main__":
    main()

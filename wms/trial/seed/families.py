"""Families of made-up goods: what a shop for home and kitchen might sell, with weights and sizes that fit. Pure."""

from typing import NamedTuple

COLORS = (
    "white",
    "black",
    "red",
    "navy",
    "sky blue",
    "olive",
    "mustard",
    "grey",
    "sand",
    "rose",
    "mint",
    "terracotta",
)
CLOTH = ("striped", "checked", "plain", "dotted", "flowered")
SCENTS = ("lavender", "lemon", "cedar", "rose", "mint", "fig", "orange", "unscented")


class Family(NamedTuple):
    """Goods that differ in make, finish and size. Weight in grams and length in millimetres: from, to."""

    code: str
    noun: str
    makes: tuple[str, ...]
    finishes: tuple[str, ...]
    sizes: tuple[str, ...]
    weight_g: tuple[int, int]
    length_mm: tuple[int, int]
    tracks_lots: bool = False
    tracks_serials: bool = False


# fmt: off
FAMILIES = (
    Family("MUG", "mug", ("Enamel", "Stoneware", "Glass", "Travel"), COLORS, ("250 ml", "350 ml"),
           (160, 480), (80, 130)),
    Family("BWL", "bowl", ("Stoneware", "Wooden", "Enamel"), COLORS, ("14 cm", "20 cm", "26 cm"),
           (200, 1_100), (140, 260)),
    Family("PLT", "plate", ("Stoneware", "Enamel", "Porcelain"), COLORS, ("18 cm", "22 cm", "27 cm"),
           (250, 800), (180, 270)),
    Family("JUG", "jug", ("Glass", "Stoneware", "Enamel"), COLORS, ("0.5 l", "1 l", "1.5 l"),
           (400, 1_300), (150, 280)),
    Family("TIN", "cake tin", ("Round", "Square", "Loaf", "Fluted"), COLORS, ("18 cm", "24 cm"),
           (150, 600), (180, 300)),
    Family("JAR", "storage jar", ("Glass", "Stoneware", "Tin"), COLORS, ("0.4 l", "0.8 l", "1.6 l"),
           (220, 900), (90, 220)),
    Family("CUT", "cutting board", ("Oak", "Beech", "Bamboo"), ("plain", "grooved", "round", "long"),
           ("S", "M", "L", "XL"), (300, 2_400), (220, 480)),
    Family("SPN", "spoon", ("Wooden", "Steel", "Silicone"), COLORS, ("20 cm", "30 cm"), (30, 160), (200, 320)),
    Family("TWL", "tea towel", ("Linen", "Cotton", "Waffle"), CLOTH, COLORS[:6], (60, 160), (180, 260)),
    Family("NAP", "napkins", ("Linen", "Cotton", "Paper"), CLOTH, COLORS[:6], (40, 320), (120, 220)),
    Family("CUS", "cushion cover", ("Linen", "Velvet", "Cotton"), COLORS, ("40 cm", "50 cm"),
           (120, 340), (200, 320)),
    Family("BLK", "blanket", ("Wool", "Cotton", "Fleece"), COLORS, ("130 cm", "180 cm"), (600, 1_900),
           (280, 460)),
    Family("TBL", "tablecloth", ("Linen", "Cotton", "Wipe-clean"), CLOTH, COLORS[:6], (280, 900), (220, 340)),
    Family("RUG", "rug", ("Woven", "Tufted", "Jute"), COLORS, ("60 cm", "120 cm"), (900, 4_200), (600, 1_250)),
    Family("CND", "candle", ("Pillar", "Jar", "Tea-light"), SCENTS, ("S", "M", "L"), (80, 640), (60, 180)),
    Family("HLD", "candle holder", ("Brass", "Glass", "Iron"), COLORS, ("S", "M"), (120, 900), (60, 240)),
    Family("VAS", "vase", ("Glass", "Stoneware", "Porcelain"), COLORS, ("12 cm", "20 cm", "32 cm"),
           (260, 2_100), (110, 330)),
    Family("POT", "plant pot", ("Terracotta", "Zinc", "Stoneware"), COLORS, ("11 cm", "16 cm", "24 cm"),
           (200, 3_200), (110, 260)),
    Family("FRM", "picture frame", ("Oak", "Brass", "Painted"), COLORS, ("10 × 15 cm", "A4", "A3"),
           (180, 1_300), (160, 440)),
    Family("CLK", "wall clock", ("Oak", "Steel", "Painted"), COLORS, ("25 cm", "32 cm"), (420, 1_200),
           (250, 330)),
    Family("LMP", "desk lamp", ("Steel", "Oak", "Paper"), COLORS, ("S", "L"), (700, 2_400),
           (260, 520), tracks_serials=True),
    Family("RAD", "kitchen radio", ("Retro", "Slim", "Clip-on"), COLORS[:8], ("FM", "FM and Bluetooth"),
           (420, 1_600), (160, 280), tracks_serials=True),
    Family("SCL", "kitchen scale", ("Glass", "Steel", "Slate"), COLORS[:6], ("5 kg", "10 kg"),
           (380, 1_100), (180, 260), tracks_serials=True),
    Family("BKL", "bike light", ("Front", "Rear", "Helmet"), COLORS[:6], ("40 lux", "80 lux"),
           (60, 220), (60, 130), tracks_serials=True),
    Family("NTB", "notebook", ("Lined", "Dotted", "Plain"), COLORS, ("A6", "A5", "A4"), (90, 520), (140, 300)),
    Family("PEN", "pen", ("Gel", "Fineliner", "Brush"), COLORS, ("0.3 mm", "0.5 mm"), (9, 24), (130, 150)),
    Family("CRD", "greeting card", ("Birthday", "Thank-you", "Christmas", "Blank"), COLORS,
           ("single", "pack of 6"), (18, 140), (150, 180)),
    Family("WRP", "wrapping paper", ("Birthday", "Christmas", "Plain"), COLORS, ("2 m", "10 m"),
           (120, 520), (500, 720)),
    Family("RBN", "ribbon", ("Satin", "Cotton", "Paper"), COLORS, ("3 m", "25 m"), (20, 130), (60, 110)),
    Family("BAG", "tote bag", ("Canvas", "Jute", "Felt"), COLORS, ("S", "L"), (90, 460), (300, 460)),
    Family("BTL", "water bottle", ("Steel", "Glass", "Insulated"), COLORS, ("0.5 l", "0.75 l"),
           (180, 480), (200, 290)),
    Family("LCH", "lunch box", ("Steel", "Bamboo", "Folding"), COLORS, ("one part", "two parts"),
           (160, 620), (150, 240)),
    Family("TOY", "wooden toy", ("Train", "Car", "Animal", "Puzzle"), COLORS, ("small", "large"),
           (60, 780), (70, 320)),
    Family("DCK", "playing cards", ("Classic", "Large-print", "Travel"), COLORS[:6],
           ("one deck", "two decks"), (90, 260), (90, 130)),
    Family("BRS", "brush", ("Dish", "Bottle", "Vegetable", "Nail"), COLORS[:6], ("soft", "firm"),
           (40, 180), (110, 300)),
    Family("HKS", "hook", ("Brass", "Oak", "Iron"), COLORS, ("single", "set of 3"), (40, 460), (50, 260)),
    Family("TEA", "tea", ("Black", "Green", "Herbal", "Fruit"),
           ("morning", "evening", "smoky", "spiced", "mild"), ("50 g", "100 g", "250 g"),
           (60, 290), (70, 190), tracks_lots=True),
    Family("COF", "coffee", ("Dark", "Medium", "Light"), ("house", "harbor", "mountain", "decaf"),
           ("beans 250 g", "beans 1 kg", "ground 250 g"), (260, 1_050), (90, 280), tracks_lots=True),
    Family("JAM", "jam", ("Strawberry", "Apricot", "Plum", "Cherry"), ("smooth", "chunky", "low-sugar"),
           ("50 g", "225 g", "340 g"), (110, 620), (50, 110), tracks_lots=True),
    Family("BIS", "biscuits", ("Oat", "Ginger", "Butter", "Almond"), ("plain", "half-coated", "thin"),
           ("150 g", "300 g"), (165, 340), (120, 240), tracks_lots=True),
    Family("SOP", "soap", ("Olive-oil", "Goat-milk", "Liquid"), SCENTS, ("100 g", "250 g"), (105, 290),
           (60, 180), tracks_lots=True),
    Family("CRM", "hand cream", ("Light", "Rich", "Overnight"), SCENTS, ("30 ml", "75 ml"), (40, 110),
           (90, 150), tracks_lots=True),
)
# fmt: on

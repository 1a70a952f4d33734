"""Made-up people and places. No council, town or person is meant; telephone numbers are those kept for fiction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from app.models.values import FormatNeed
from app.services.demonstration.rules.dice import Dice

TOWN: Final = "Testford"
AREAS: Final = ("Northfield", "Millbank", "Quarry Hill", "Orchard Park", "Station Quarter", "Westmere", "Old Town")

_FIRST: Final = (
    "Ada Amir Anya Aziz Bea Bilal Carys Chidi Chloe Cyril Dara Daisy Edith Elif Emeka Esme Farah Faye Femi Flora Gwen "
    "Hana Hugh Ida Imran Ines Ivor Jaya Joan Joel Kamal Kofi Lara Leila Lena Luca Łukasz Mabel Maeve Marek Mina Moses "
    "Nadia Nell Niamh Nuno Olga Omar Orla Otis Petra Pía Quentin Rhys Rosa Ruby Sana Seán Sefa Silas Siân Tariq Tess "
    "Theo Una Vera Wanda Winston Yara Yusuf Zara Zoë"
).split()
_LAST: Final = (
    "Applebough Ashgrove Barleymow Beckfold Birdwhistle Bramblewick Brightwater Broadacre Butterlane Candleford "
    "Cherrystone Cloverley Cobblewell Copperfold Corncrake Cottonwood Cranebrook Daisychain Dapplemere Dewberry "
    "Driftwood Eastergate Elderflower Fairweather Featherstonely Fennelworth Fernhollow Fiddlewood Foxglover Gingerbrook "
    "Goldenrod Goosefoot Greenhythe Hadderwick Harebell Hawthornley Hazelmere Heatherbank Honeycomb Hopfield Ivyleaf "
    "Juniperly Kettlewell-Moss Kingfisher Lambswool Larkspur Lavenderly Lilywhite Lindenbaum Longmeadow Mallowfield "
    "Mapleson Marigoldby Marshmallow Merryweather Millpond Mistlethwaite Mossbank Mulberrow Nettlebed Nightingate "
    "Nutbrown O'Fennel O'Larch Oakapple Oldacre Oxlip Partridgely Pebblebrook Peppercorn Periwinkle Pinecone Plumtree "
    "Primroseby Quillfeather Quincewood Rainbowe Redwing Rosehip Rowanberry Rushmere Saffronby Sandpiper Seabright "
    "Silverbirch Skylarke Snowdropp Sorrelby Sparrowdene Starflower Sunnyside Swallowfield Sweetbriar Sycamore "
    "Tanglewood Teaselby Thistledown Thornapple Tidewell Turtledove Underleaf Vinebrook Wagtail Walnutter Waterlily "
    "Wheatsheaf Willowherb Windermoss Winterbourne-Yew Woodruffe Yarrowby Yellowhammer Zinnia"
).split()
_TITLES: Final = (("Mr", 40), ("Mrs", 26), ("Ms", 22), ("Miss", 9), ("Mx", 2), ("Dr", 1))
_LANGUAGES: Final = ("Polish", "Urdu", "Romanian", "Portuguese", "Arabic", "Bengali", "Ukrainian", "Welsh")
_FORMATS: Final = (
    (FormatNeed.LARGE_PRINT, 60),
    (FormatNeed.TEXT_ONLY, 15),
    (FormatNeed.EASY_READ, 15),
    (FormatNeed.BRAILLE, 4),
    (FormatNeed.AUDIO, 6),
)

_STREETS: Final = (
    "Acorn Badger Beehive Bluebell Bobbin Bramble Buttercup Button Caraway Catkin Chestnut Cinder Clover Cobbler "
    "Conker Cooper Cricket Curlew Daffodil Dovecote Falcon Fern Finch Gooseberry Harvest Hedgehog Heron Juniper "
    "Kestrel Kite Lantern Lapwing Lark Lemon Linnet Magpie Medlar Needle Nutmeg Otter Paddock Parsley Pippin Plover "
    "Poppy Puffin Quail Robin Rosemary Sampler Skylark Sorrel Spindle Starling Swift Tabby Teasel Thimble Thrush "
    "Tinker Toffee Treacle Tulip Vole Wagon Walnut Weaver Wheelbarrow Whistle Wren"
).split()
_WAYS: Final = ("Close", "Road", "Way", "Avenue", "Crescent", "Gardens", "Lane", "Rise")
_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Street:
    """A street, its area and the postcode of its homes."""

    name: str
    area: str
    postcode: str
    block: str


def street(number: int, streets: int) -> Street:
    """The street of this number, out of so many; no two have the same name."""
    first = _STREETS[number * 13 % len(_STREETS)]
    way = number // len(_STREETS)
    again = "" if way < len(_WAYS) else f" {way // len(_WAYS) + 1}"
    area = number * len(AREAS) // max(streets, 1)
    letters = _LETTERS[number // len(_LETTERS) % len(_LETTERS)] + _LETTERS[number % len(_LETTERS)]
    postcode = f"ZZ{area + 1} {number // 400 % 9 + 1}{letters}"
    return Street(f"{first} {_WAYS[way % len(_WAYS)]}{again}", AREAS[area], postcode, f"{first} House")


def person(
    number: int, dice: Dice, *, last_name: str = "", age: tuple[int, int] = (19, 90), today: date
) -> dict[str, Any]:
    """A row of the table of people: the one of this number.

    Args:
        number: counted from 1 in a landlord; their reference.
        dice: what falls for them.
        last_name: the name of the household, where they share it.
        age: their least and greatest age today.
        today: the day their age is counted from.
    """
    first, last = dice.pick(_FIRST), last_name or dice.pick(_LAST)
    plain = "".join(
        letter for letter in f"{first}.{last}".lower() if letter.isascii() and (letter.isalpha() or letter == ".")
    )
    phones = dice.below(100)
    other = dice.chance(25)
    return {
        "id": number,
        "ref": f"N{number:06}",
        "title": dice.weighted(_TITLES),
        "first_name": first,
        "last_name": last,
        "date_of_birth": today - timedelta(days=dice.between(age[0] * 365 + 5, age[1] * 365)),
        "email": f"{plain}{number}@tenant.example" if dice.chance(620) else "",
        "mobile": f"07700 900{number % 1000:03}" if phones < 88 else "",
        "phone": f"01632 960{number * 7 % 1000:03}" if phones > 70 else "",
        "language": dice.pick(_LANGUAGES) if dice.chance(35) else "",
        "format_need": dice.weighted(_FORMATS) if other else FormatNeed.STANDARD,
        "do_not_contact": dice.chance(4),
        "contact_note": "Ring after four in the afternoon." if dice.chance(15) else "",
        "version": 1,
    }

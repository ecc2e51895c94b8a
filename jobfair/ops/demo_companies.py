"""The twelve companies of the demo fair, each with a profile and a logo. None of them exists."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from jobfair.domain.refusals import Refusal
from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.companies.logos import Logo, encode

COMPANIES = (
    NewCompany(
        "Alpine Robotique",
        "A1",
        2,
        hall="Hall A",
        sectors="Robotique, Industrie, Logiciel",
        looking_for="internship, job",
        languages="Français, Anglais",
        link="https://alpine-robotique.example/carrieres",
        description="Nous construisons des bras légers qui trient le verre et le bois de chantier."
        "\n\nVous aimez qu'un programme finisse par bouger quelque chose ? Venez voir un bras en "
        "marche sur le stand, et parler de vos projets.",
    ),
    NewCompany(
        "Banque du Midi",
        "A2",
        3,
        hall="Hall A",
        sectors="Banque, Data, Conseil",
        looking_for="internship, apprenticeship, job",
        languages="Français",
        link="https://banque-du-midi.example/jeunes-diplomes",
        description="Une banque coopérative de 4 000 personnes. Cette année : données, risques, "
        "et conseil aux associations.",
    ),
    NewCompany(
        "Cabinet Delacroix",
        "A3",
        1,
        hall="Hall A",
        sectors="Audit, Conseil",
        looking_for="internship, job",
        languages="Français, Anglais, Allemand",
        link="https://cabinet-delacroix.example",
        description="Audit de petites entreprises et de théâtres. Une équipe de trente, où l'on "
        "voit ses clients dès la première semaine.",
    ),
    NewCompany(
        "Énergies du Large",
        "A4",
        2,
        hall="Hall A",
        sectors="Énergie, Génie civil, Data",
        looking_for="internship, job, phd",
        languages="Français, Anglais",
        link="https://energies-du-large.example/rejoindre",
        description="Éoliennes flottantes, de l'étude des fonds à la maintenance en mer.\n\nDeux "
        "thèses sur la fatigue des ancrages commencent au printemps.",
    ),
    NewCompany(
        "Fermes Urbaines",
        "B1",
        1,
        hall="Hall B",
        sectors="Agronomie, Logistique",
        looking_for="internship, apprenticeship",
        languages="Français",
        link="https://fermes-urbaines.example",
        description="Salades et fraises sur les toits de neuf écoles. Apportez des chaussures qui "
        "peuvent se salir.",
    ),
    NewCompany(
        "Groupe Mérieux-Lang",
        "B2",
        2,
        hall="Hall B",
        sectors="Chimie, Qualité, Industrie",
        looking_for="apprenticeship, job",
        languages="Français, Anglais",
        link="https://merieux-lang.example/emplois",
        description="Emballages qui se compostent en un hiver. Sites à Nantes, Lille et Porto.",
    ),
    NewCompany(
        "Hôpital Saint-Roch",
        "B3",
        2,
        hall="Hall B",
        sectors="Santé, Informatique, Data",
        looking_for="internship, job, phd",
        languages="Français",
        link="https://hopital-saint-roch.example/recrutement",
        description="Un hôpital public de 900 lits. Nous cherchons de quoi faire parler entre eux "
        "trente logiciels, et des personnes qui aiment expliquer.",
    ),
    NewCompany(
        "Ingénierie Boréale",
        "B4",
        1,
        hall="Hall B",
        sectors="Génie civil, Énergie",
        looking_for="internship, job",
        languages="Français, Anglais",
        link="https://ingenierie-boreale.example",
        description="Ponts en bois, passerelles et gares. Bureau d'études de soixante personnes.",
    ),
    NewCompany(
        "Jeux Lanterne",
        "C1",
        1,
        hall="Hall C",
        sectors="Jeu vidéo, Logiciel, Design",
        looking_for="internship",
        languages="Français, Anglais",
        link="https://jeux-lanterne.example/stages",
        description="Des jeux calmes, à deux sur un canapé. Le stand a deux manettes.",
    ),
    NewCompany(
        "Kaolin Design",
        "C2",
        1,
        hall="Hall C",
        sectors="Design, Artisanat",
        looking_for="internship, apprenticeship, other",
        languages="Français",
        link="https://kaolin.example",
        description="Vaisselle et carreaux dessinés à Limoges. Portfolios bienvenus.",
    ),
    NewCompany(
        "Logiciels Minute",
        "C3",
        3,
        hall="Hall C",
        sectors="Logiciel, Data",
        looking_for="internship, apprenticeship, job",
        languages="Français, Anglais",
        link="https://logiciels-minute.example/jobs",
        description="Horaires de bus, en direct, pour quarante villes. Stages de données de six "
        "mois : prévoir le retard d'un tram avant le tram.",
    ),
    NewCompany(
        "Maritime Atlantique",
        "C4",
        1,
        hall="Hall C",
        sectors="Logistique, Transport",
        looking_for="apprenticeship, job",
        languages="Français, Anglais, Espagnol",
        link="https://maritime-atlantique.example",
        description="Cargos à voiles entre Saint-Nazaire et New York. Postes à terre et à bord.",
    ),
)

_COLOURS = (
    *("#1d4e89", "#2f6f4f", "#8a3b12", "#0b7285", "#4c7a1f", "#6b3fa0"),
    *("#b02a37", "#35506b", "#a14a00", "#7a4a2b", "#23489c", "#0f5c5c"),
)
_SIDE = 288


def logo(number: int) -> Logo:
    """The logo of the company at this place of `COMPANIES`: a shape of its own, without letters."""
    colour, middle = _COLOURS[number], _SIDE // 2
    picture = Image.new("RGB", (_SIDE, _SIDE), colour)
    draw = ImageDraw.Draw(picture)
    if number % 3 == 0:
        draw.regular_polygon((middle, middle, 96), 3 + number % 5, 15 * number, "white")
    elif number % 3 == 1:
        draw.ellipse((72, 72, 216, 216), "white")
        draw.ellipse((114, 72 + 10 * number % 70, 194, 184), colour)
    else:
        for row in range(3):
            left, top = 72 + 24 * ((row + number) % 3), 72 + 54 * row
            draw.rounded_rectangle((left, top, left + 110, top + 36), 16, "white")
    file = BytesIO()
    picture.save(file, "PNG")
    made = encode(file.getvalue())
    assert not isinstance(made, Refusal)
    return made

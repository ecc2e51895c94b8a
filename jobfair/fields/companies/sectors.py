"""Sectors by their other names: what a student types is not always what a company has written.

Companies write their sectors freely. A search finds a sector by each name of its line here, in
French and in English.
"""

from __future__ import annotations

from jobfair.fields.input.folding import folded

SAME = (
    "data, big data, données, data science, science des données, data scientist, analytics, "
    "analyse de données, intelligence artificielle, artificial intelligence, ia, ai, "
    "machine learning",
    "logiciel, logiciels, software, informatique, it, développement, développeur, developer, "
    "programmation, numérique, digital, web, computer science",
    "cybersécurité, sécurité informatique, cybersecurity, security",
    "robotique, robotics, automatisation, automation, mécatronique, mechatronics",
    "industrie, industry, production, manufacturing, fabrication",
    "banque, bank, banking, finance, finances, assurance, insurance",
    "audit, comptabilité, accounting, auditing",
    "conseil, consulting, consultant, stratégie, strategy",
    "énergie, energy, énergies renouvelables, renewable energy, électricité, electricity",
    "génie civil, btp, construction, bâtiment, civil engineering, building",
    "agronomie, agriculture, agroalimentaire, agronomy, food",
    "logistique, logistics, supply chain, transport, transports, transportation",
    "chimie, chemistry, matériaux, materials",
    "qualité, quality",
    "santé, health, healthcare, médical, medical, hôpital, hospital, pharmacie, pharmacy, "
    "biotechnologie, biotechnology",
    "ingénierie, engineering, ingénieur, engineer, mécanique, mechanics",
    "jeux vidéo, jeux, games, video games, gaming",
    "design, graphisme, graphic design, création, ux",
    "marketing, communication, publicité, advertising",
    "commerce, vente, ventes, sales, retail, distribution",
    "maritime, naval, mer, sea, shipping",
    "aéronautique, aérospatial, spatial, aerospace, aviation, space",
    "automobile, automotive, mobilité, mobility",
    "environnement, environment, eau, water, écologie, ecology",
    "télécommunications, télécoms, telecom, telecommunications, réseaux, networks",
    "éducation, education, formation, enseignement, training, teaching",
    "recherche, research, r&d",
    "droit, juridique, law, legal",
    "ressources humaines, rh, human resources, hr, recrutement, recruiting",
    "tourisme, hôtellerie, tourism, hospitality, restauration",
    "immobilier, real estate",
    "culture, médias, media, art",
)
"""The names of one sector, a line for each. One name may stand in one line only."""

_LINES = {folded(name): line for line in SAME for name in line.split(", ")}


def synonyms(sector: str) -> str:
    """All names of a sector, as text to be searched; empty where none but its own is known."""
    return _LINES.get(folded(sector), "")

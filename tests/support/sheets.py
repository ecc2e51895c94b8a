"""Files as an organiser's spreadsheet saves them."""

STUDENTS = [
    ("Prénom", "Nom", "Courriel"),
    ("Élodie", "Lefèvre", "elodie.lefevre@example.org"),
    ("Noël", "N'Guyen", "noel.nguyen@example.org"),
    ("Anaïs", "d'Août", "anais@example.org"),
]
COMPANIES = [
    ("Entreprise", "Emplacement", "Entretiens simultanés", "Limite"),
    ("Énergies du Large", "B 12", "2", "40"),
    ("TechCorp", "", "", ""),
]


def csv(rows, separator=";", encoding="utf-8", end="\r\n"):
    """The bytes of a list."""
    return "".join(separator.join(row) + end for row in rows).encode(encoding)


def many(number):
    """A list of so many students."""
    people = ((f"Ana{n}", "Lima", f"ana{n}@example.org") for n in range(number))
    return [STUDENTS[0], *people]

"""The kinds of events by name, grouped as an organiser looks for them."""

from __future__ import annotations

from flask_babel import gettext as _


def groups() -> dict[str, tuple[str, dict[str, str]]]:
    """Groups of kinds: by key, what each is called and its kinds' names."""
    return {
        "queues": (_("Queues"), _queues()),
        "interviews": (_("Interviews"), _interviews()),
        "students": (_("Students"), _students()),
        "companies": (_("Companies"), _companies()),
        "fair": (_("The fair"), _fair()),
        "calls": (_("Calls and reminders"), _calls()),
    }


def names() -> dict[str, str]:
    """What every kind is called."""
    return {kind: name for _group, kinds in groups().values() for kind, name in kinds.items()}


def chosen(choice: str) -> frozenset[str] | None:
    """The kinds that a choice means, a group's or one alone; None for every kind or nonsense."""
    by_group = groups()
    if choice in by_group:
        return frozenset(by_group[choice][1])
    return frozenset({choice}) if choice in names() else None


def _queues() -> dict[str, str]:
    return {
        "joined": _("Queue joined"),
        "left": _("Queue left"),
        "said_coming": _("On the way"),
        "set_aside": _("Set aside"),
        "came_back": _("Back in the queue"),
        "reordered": _("Queue reordered"),
        "entry_completed": _("Done without an interview"),
    }


def _interviews() -> dict[str, str]:
    return {
        "interview_started": _("Interview started"),
        "interview_completed": _("Interview done"),
        "completion_undone": _("End of an interview undone"),
        "interview_broken_off": _("Interview broken off"),
    }


def _students() -> dict[str, str]:
    return {
        "student_created": _("Account created"),
        "student_edited": _("Name, e-mail or password"),
        "student_status_changed": _("Student's status"),
        "student_deactivated": _("Account deactivated"),
        "student_reactivated": _("Account reactivated"),
        "student_invited": _("Personal link made"),
        "student_deleted": _("Account deleted"),
    }


def _companies() -> dict[str, str]:
    return {
        "company_created": _("Company created"),
        "company_renamed": _("Company renamed"),
        "company_moved": _("Stand moved"),
        "company_status_changed": _("Company paused or resumed"),
        "queue_opened": _("Queue opened"),
        "queue_closed": _("Queue closed"),
        "slots_changed": _("Interviews at once"),
        "queue_limit_changed": _("Queue limit"),
        "token_regenerated": _("New link"),
        "pin_set": _("PIN set"),
        "pin_removed": _("PIN removed"),
        "company_deleted": _("Company deleted"),
    }


def _fair() -> dict[str, str]:
    return {
        "phase_changed": _("Fair opened or closed"),
        "call_length_changed": _("Length of a call"),
        "screen_link_made": _("Link of the hall's screen"),
        "screen_link_withdrawn": _("Link of the hall's screen withdrawn"),
        "screen_names_changed": _("Names on the hall's screen"),
        "fair_end_set": _("Last day of the fair"),
        "message_sent": _("Message"),
        "sign_in_ended": _("Sign-in ended"),
        "fair_restored": _("Fair restored"),
        "fair_purged": _("Past fair removed"),
    }


def _calls() -> dict[str, str]:
    return {
        "turn_came": _("Call"),
        "call_seen": _("Call seen"),
        "hold_ended": _("No longer held"),
        "turn_ended": _("No longer called"),
        "reminded": _("Reminder during a break"),
    }

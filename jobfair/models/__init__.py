"""Tables and constraints. The database refuses invalid states too, but decides nothing.

A module for each subject. Each table says in `holds` what its columns say about people.
"""

from jobfair.models.access.accounts import AddressCode, Invitation, Role, SchoolAccount, User
from jobfair.models.access.keys import ApiKey, Scope
from jobfair.models.access.sign_ins import (
    Outcome,
    RecoveryCode,
    SecondFactor,
    SecurityLogRow,
    SignIn,
)
from jobfair.models.access.webhooks import Webhook, WebhookDelivery
from jobfair.models.base import PASSING, UTCDateTime
from jobfair.models.companies import Company, CompanyLogo, Note, Verdict
from jobfair.models.fair.alerts import AlertTaking
from jobfair.models.fair.editions import Edition
from jobfair.models.fair.fair import LOT_SEALED, OF_THE_LOT, Fair, FairLogo
from jobfair.models.fair.forecasts import StoredForecast
from jobfair.models.fair.hall_maps import HallMap, MapPlace, map_of_company
from jobfair.models.fair.rehearsals import Rehearsal, RehearsalState
from jobfair.models.imports import ColumnChoice
from jobfair.models.journal import JournalRow
from jobfair.models.link_mails import LinkMail, LinkMailing, LinkMailState
from jobfair.models.pushes import Push, PushSubscription
from jobfair.models.queues import (
    AWAY,
    BY_POSITION,
    CALLED,
    DONE,
    INTRODUCED,
    NOT_LEFT,
    READY,
    RUNNING,
    WAITING,
    Entry,
)
from jobfair.models.requests import IdempotencyKey, sent_by
from jobfair.models.stored_data import Data
from jobfair.models.students import Favourite, OwnNote, Student

__all__ = [
    "AWAY",
    "BY_POSITION",
    "CALLED",
    "DONE",
    "INTRODUCED",
    "LOT_SEALED",
    "NOT_LEFT",
    "OF_THE_LOT",
    "PASSING",
    "READY",
    "RUNNING",
    "WAITING",
    "AddressCode",
    "AlertTaking",
    "ApiKey",
    "ColumnChoice",
    "Company",
    "CompanyLogo",
    "Data",
    "Edition",
    "Entry",
    "Fair",
    "FairLogo",
    "Favourite",
    "HallMap",
    "IdempotencyKey",
    "Invitation",
    "JournalRow",
    "LinkMail",
    "LinkMailState",
    "LinkMailing",
    "MapPlace",
    "Note",
    "Outcome",
    "OwnNote",
    "Push",
    "PushSubscription",
    "RecoveryCode",
    "Rehearsal",
    "RehearsalState",
    "Role",
    "SchoolAccount",
    "Scope",
    "SecondFactor",
    "SecurityLogRow",
    "SignIn",
    "StoredForecast",
    "Student",
    "UTCDateTime",
    "User",
    "Verdict",
    "Webhook",
    "WebhookDelivery",
    "map_of_company",
    "sent_by",
]

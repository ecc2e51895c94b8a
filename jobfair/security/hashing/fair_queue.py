"""A queue that is fair by address and account, for what costs much and anybody may ask for.

A pure data structure: it knows no clock, no thread and no request.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar

Task = TypeVar("Task")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a task: an address, and an account there, as a whole hall may share one address.

    `known` says that the account has been used from that device before.
    """

    address: str
    account: str
    known: bool = False


class FairQueue(Generic[Task]):
    """One address after the other is served, and in each one account after the other.

    At most `most` tasks wait, any number if it is None.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        # A dict keeps the order of insertion: who was served goes to its end.
        self._addresses: dict[str, dict[str, deque[Task]]] = {}
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def put(self, task: Task, sender: Sender) -> Task | None:
        """Let a task wait. Returns the one that has to go where too many wait, which may be it.

        The last of the account, of the address, from which most wait.
        """
        accounts = self._addresses.setdefault(sender.address, {})
        accounts.setdefault(sender.account, deque()).append(task)
        self._length += 1
        return None if self._most is None or self._length <= self._most else self._drop()

    def take(self) -> Task:
        """The next task. Raises StopIteration when none waits."""
        address, accounts = next(iter(self._addresses.items()))
        account, tasks = next(iter(accounts.items()))
        task = tasks.popleft()
        self._addresses[address] = self._addresses.pop(address)
        accounts[account] = accounts.pop(account)
        self._count_out(address, account)
        return task

    def _drop(self) -> Task:
        # Of equals the one that came last: who has waited longer stays.
        address = max(reversed(self._addresses), key=self._waiting_from)
        accounts = self._addresses[address]
        account = max(reversed(accounts), key=lambda each: len(accounts[each]))
        task = accounts[account].pop()
        self._count_out(address, account)
        return task

    def _waiting_from(self, address: str) -> int:
        return sum(map(len, self._addresses[address].values()))

    def _count_out(self, address: str, account: str) -> None:
        self._length -= 1
        if not self._addresses[address][account]:
            del self._addresses[address][account]
        if not self._addresses[address]:
            del self._addresses[address]

"""What is written for the plan made by hand, byte for byte; renew with --update-golden."""

import datetime as dt
from typing import Protocol

import pytest
from handmade import START, campaign

from campaign.outputs.agenda import render_account, render_agenda
from campaign.outputs.calendar import render_calendar
from campaign.outputs.crm import dynamics, hubspot, salesforce
from campaign.outputs.json import render_json
from campaign.outputs.plan_table import encode, render_campaign, render_left_out
from campaign.outputs.proof import render_proof
from campaign.outputs.report import render_report
from campaign.outputs.summary import first_day_in_words

VERSIONS = {"territory-campaign": "1.2.3", "ortools": "9.15.1", "python": "3.11"}


class Golden(Protocol):
    def compare(self, name: str, content: bytes) -> None: ...


def test_the_campaign_table_is_as_expected(golden: Golden) -> None:
    golden.compare("campaign.csv", encode(render_campaign(campaign())))


def test_the_table_of_what_is_left_out_is_as_expected(golden: Golden) -> None:
    golden.compare("left-out.csv", encode(render_left_out(campaign())))


def test_the_proof_is_as_expected(golden: Golden) -> None:
    proof = render_proof(campaign(), campaign=b"plan", left_out=b"rest", versions=VERSIONS)
    golden.compare("plan.json", proof.encode())


def test_the_agenda_of_a_week_is_as_expected(golden: Golden) -> None:
    days = [START + dt.timedelta(days=number) for number in range(-1, 6)]
    golden.compare("week.txt", render_agenda(campaign(), days).encode())


@pytest.mark.parametrize("account_id", ["A-1", "A-5"])
def test_the_agenda_of_an_account_is_as_expected(golden: Golden, account_id: str) -> None:
    golden.compare(f"{account_id}.txt", render_account(campaign(), account_id).encode())


def test_the_summary_is_as_expected(golden: Golden) -> None:
    figures = campaign().summary()
    golden.compare("summary.txt", f"{figures}\n{first_day_in_words(figures)}\n".encode())


def test_the_body_of_the_report_is_as_expected(golden: Golden) -> None:
    body = render_report(campaign()).partition("<body>")[2].partition("<script>")[0]
    golden.compare("report.html", body.encode())


def test_the_calendar_is_as_expected(golden: Golden) -> None:
    golden.compare("campaign.ics", render_calendar(campaign()))


def test_the_json_is_as_expected(golden: Golden) -> None:
    golden.compare("campaign.json", render_json(campaign()).encode())


def test_the_files_for_customer_systems_are_as_expected(golden: Golden) -> None:
    golden.compare("salesforce-tasks.csv", salesforce.render_tasks(campaign()).encode())
    golden.compare("salesforce-events.csv", salesforce.render_events(campaign()).encode())
    golden.compare("hubspot-tasks.csv", hubspot.render_tasks(campaign()))
    golden.compare("dynamics-calls.csv", dynamics.render_calls(campaign()))
    golden.compare("dynamics-appointments.csv", dynamics.render_appointments(campaign()))

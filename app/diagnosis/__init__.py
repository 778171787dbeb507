"""The line doctor: pure functions from a captured case to findings; no sockets, clocks or database."""

from app.diagnosis.case import Case, CaseError
from app.diagnosis.doctor import diagnose
from app.diagnosis.findings import Finding, Severity

__all__ = ["Case", "CaseError", "Finding", "Severity", "diagnose"]

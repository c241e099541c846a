"""Releases: a frozen, citable data set made from a store, and the checking of one."""

from tacitus.exports.release.check import Verified, verify_release
from tacitus.exports.release.make import Released, make_release
from tacitus.exports.release.settings import Settings

__all__ = ["Released", "Settings", "Verified", "make_release", "verify_release"]

"""The publish check: what in a text should be mended, or looked at, before readers see it."""

from cms.admin.proofreading.finding import LOOK, MEND, Finding, Sheet
from cms.admin.proofreading.fixes import apply_fix
from cms.admin.proofreading.proof import proofread

__all__ = ["LOOK", "MEND", "Finding", "Sheet", "apply_fix", "proofread"]

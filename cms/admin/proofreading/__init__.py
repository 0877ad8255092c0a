"""The publish check: what in a text should be mended, or looked at, before readers see it."""

from cms.admin.proofreading.fixes import apply_fix
from cms.admin.proofreading.proof import proofread
from cms.admin.proofreading.sheet import Remark, Sheet

__all__ = ["Remark", "Sheet", "apply_fix", "proofread"]

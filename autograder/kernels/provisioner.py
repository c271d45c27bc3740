"""How jupyter_client starts our kernels: entry points `autograder-warm` and `autograder-confined`, used by kernelspecs of these names.

nbclient, nbconvert, nbval and nbgrader get a forked kernel by naming a kernelspec; nothing of them is changed.
"""

import asyncio
import atexit
import os
import tempfile
from pathlib import Path
from shutil import rmtree
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import LocalProvisioner

from autograder.kernels.confinement import Limits
from autograder.kernels.supervisor import Request
from autograder.kernels.zygote import ADDRESS, SETTINGS, ForkedKernel, Zygote

# A confined kernel sees these variables of ours and those that its kernelspec sets; no other.
_PASSED = ("PATH", "LANG", "LC_ALL", "TZ", "MATPLOTLIBRC", "NBGRADER_EXECUTION", "PYTHONHASHSEED", "PYTHONWARNINGS")
# A history nobody reads, and warnings at each start of what holds for every local kernel.
_OPTIONS = {"--HistoryManager.hist_file": ":memory:", "--IPKernelApp.log_level": "40"}
_NAMES = {"warm": "Python 3 (warm)", "confined": "Python 3 (confined)"}


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from the zygote that AUTOGRADER_ZYGOTE names, else from this process's own."""

    limits: Limits | None = None
    report: dict = {}  # how the kernel ended: see supervisor.py
    _runtime: str | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        self._address = kwargs.pop("zygote", None) or os.environ.get(ADDRESS) or await asyncio.to_thread(_own_zygote)
        self._channel, self._role = kwargs.pop("channel", None), kwargs.pop("role", "")
        self.limits = kwargs.pop("limits", self.limits)
        manager = self.parent
        if self._runtime is None:
            self._runtime = tempfile.mkdtemp(prefix="k", dir=os.path.dirname(self._address))
            manager.transport = "ipc"
            manager.connection_file = f"{self._runtime}/kernel.json"
            manager.ip = f"{self._runtime}/s"
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        environment = dict(kwargs.get("env", os.environ))
        if self.limits is not None:
            kept = {name: environment[name] for name in (*_PASSED, *self.kernel_spec.env) if name in environment}
            environment = {**SETTINGS, **kept, "USER": "student", "LOGNAME": "student", "PYTHONNOUSERSITE": "1"}
        else:
            environment = {**SETTINGS, **environment}
        arguments = cmd[cmd.index("-f") :]
        for option, value in _OPTIONS.items():
            if not any(argument.startswith(option) for argument in arguments):
                arguments.append(f"{option}={value}")
        request = Request(
            arguments=arguments,
            environment=environment,
            runtime=self._runtime,
            folder=os.path.abspath(kwargs.get("cwd") or os.getcwd()),
            role=self._role,
            limits=self.limits,
            processors=sorted(os.sched_getaffinity(0)),
        )
        self.process = await asyncio.to_thread(ForkedKernel, self._address, request, self._channel)
        self.pid, self.pgid = self.process.pid, None
        return self.connection_info

    async def wait(self) -> int | None:
        """As the base class, without its tenth of a second between two looks."""
        if self.process is None:
            return 0
        code = await asyncio.to_thread(self.process.wait)
        self.report, self.process = self.process.report, None
        return code

    async def cleanup(self, restart: bool = False) -> None:
        await super().cleanup(restart)
        if self._runtime and not restart:
            rmtree(self._runtime, ignore_errors=True)
            self._runtime = None


class ConfinedProvisioner(WarmProvisioner):
    """The same, confined."""

    limits = Limits()


_own: Zygote | None = None


def _own_zygote() -> str:
    """The address of this process's zygote, started with the first kernel."""
    global _own
    if _own is None or not _own.is_alive():
        _own = Zygote()
        atexit.register(_own.close)
    return _own.address


class KernelSpecs(KernelSpecManager):
    """The installed kernelspecs, and `warm` and `confined` made from `python3` where they are not installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        if kernel_name not in _NAMES:
            return super().get_kernel_spec(kernel_name)
        python = super().get_kernel_spec("python3")
        return KernelSpec(
            argv=python.argv,
            env=python.env,
            language="python",
            display_name=_NAMES[kernel_name],
            interrupt_mode="signal",
            metadata={"kernel_provisioner": {"provisioner_name": f"autograder-{kernel_name}"}},
        )


def install_kernelspecs(prefix: str) -> list[Path]:
    """Write the kernelspecs `warm` and `confined` beside the environment's `python3`, for programs that look specs up by name."""
    import json

    folders = []
    for name in _NAMES:
        folder = Path(prefix, "share", "jupyter", "kernels", name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "kernel.json").write_text(json.dumps(KernelSpecs().get_kernel_spec(name).to_dict(), indent=1) + "\n")
        folders.append(folder)
    return folders

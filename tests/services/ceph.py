"""An S3 server: Ceph's object gateway over one monitor and one storage daemon in memory.

Three processes of Debian's packages, up in about a second: no manager daemon, no authentication
between them, and a monitor that does not wait before it proposes a change. The gateway itself
checks signatures, expiry, policies, ranges and conditions as the real one does, because it is.
"""

import os
import subprocess
from functools import partial
from pathlib import Path

from tests.services.process import (
    Broken,
    Service,
    free_port,
    launch,
    listens,
    program,
    wait_until,
)

ACCESS_KEY = "deambule-tests"
SECRET_KEY = "not-a-secret-of-anything-1"
CLUSTER = "5f5b8c1e-0000-4000-8000-000000000001"
DISK = "5f5b8c1e-0000-4000-8000-000000000002"

CONFIGURATION = f"""
[global]
fsid = {CLUSTER}
mon_initial_members = a
mon_host = v2:127.0.0.1:{{port}}
ms_bind_msgr1 = false
ms_mon_client_mode = crc
public_network = 127.0.0.0/8
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
auth_supported = none
keyring = {{folder}}/keyring
mon_data = {{folder}}/mon
paxos_propose_interval = 0.02
paxos_min_wait = 0.01
mon_allow_pool_size_one = true
osd_data = {{folder}}/osd
osd_objectstore = memstore
memstore_device_bytes = 4294967296
osd_crush_chooseleaf_type = 0
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pg_autoscale_mode = off
rgw_data = {{folder}}/rgw
rgw_run_sync_thread = false
rgw_enable_usage_log = false
rgw_thread_pool_size = 64
run_dir = {{folder}}
crash_dir = {{folder}}/crash
admin_socket =
pid_file =
log_file = {{folder}}/$type.log
log_to_stderr = false
"""


def start(folder: Path) -> Service:
    """Start a cluster; the address has `endpoint_url`, `access_key` and `secret_key`."""
    for name, package in (
        ("ceph-mon", "ceph-mon"),
        ("ceph-osd", "ceph-osd"),
        ("radosgw", "radosgw"),
        ("ceph", "ceph-common"),
    ):
        program(name, package)
    home = folder / "ceph"
    monitor_port, port = free_port(), free_port()
    _prepare(home, monitor_port)
    service = Service(
        {
            "endpoint_url": f"http://127.0.0.1:{port}",
            "access_key": ACCESS_KEY,
            "secret_key": SECRET_KEY,
        }
    )
    _start(home, service, ["ceph-mon", "-f", "-i", "a"], monitor_port)
    _run(home, "ceph", "osd", "new", DISK)
    _run(home, "ceph", "osd", "crush", "add", "osd.0", "1", "root=default", "host=here")
    _run(home, "ceph-osd", "--mkfs", "-i", "0", "--osd-uuid", DISK)
    _start(home, service, ["ceph-osd", "-f", "-i", "0"], None)
    # Who asks before the storage daemon is up is told to come back five seconds later.
    wait_until(partial(_has_storage, home), service.keepers[-1], home / "ceph-osd.out")
    _run(
        home,
        "radosgw-admin",
        "user",
        "create",
        "--uid=tests",
        "--display-name=tests",
        f"--access-key={ACCESS_KEY}",
        f"--secret={SECRET_KEY}",
    )
    # The administrator's name, because no other is known to a cluster without keys.
    gateway = ["radosgw", "-f", "-n", "client.admin"]
    _start(home, service, [*gateway, f"--rgw_frontends=beast endpoint=127.0.0.1:{port}"], port)
    return service


def _prepare(home: Path, port: int) -> None:
    for name in ("mon", "osd", "rgw", "crash"):
        (home / name).mkdir(parents=True)
    (home / "keyring").touch()
    (home / "ceph.conf").write_text(CONFIGURATION.format(folder=home, port=port))
    map_ = str(home / "monmap")
    _run(
        home,
        "monmaptool",
        "--create",
        "--addv",
        "a",
        f"[v2:127.0.0.1:{port}]",
        "--fsid",
        CLUSTER,
        map_,
    )
    _run(home, "ceph-mon", "--mkfs", "-i", "a", "--monmap", map_)


def _start(home: Path, service: Service, command: list[str], port: int | None) -> None:
    log = home / f"{command[0]}.out"
    pid = launch(command, log, env={"CEPH_CONF": str(home / "ceph.conf")})
    service.keepers.append(pid)
    if port is not None:
        wait_until(partial(listens, port), pid, log)


def _has_storage(home: Path) -> bool:
    return " 1 up" in _run(home, "ceph", "osd", "stat")


def _run(home: Path, name: str, *words: str) -> str:
    done = subprocess.run(
        [program(name, "ceph-common"), *words],
        env={**os.environ, "CEPH_CONF": str(home / "ceph.conf")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=home,
    )
    if done.returncode:
        raise Broken(f"{name} {' '.join(words)}: {done.stderr}")
    return done.stdout

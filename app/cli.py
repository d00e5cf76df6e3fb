"""The command `deambule`. Each of its commands is listed in docs/commands.md."""

import os
import sys

import click
from flask import Flask
from flask.cli import with_appcontext

from app.core.config import BadSettings, Settings, read_settings


def settings_or_exit() -> Settings:
    """The settings of the environment; wrong ones are told, and end the command with 2."""
    try:
        return read_settings()
    except BadSettings as error:
        click.echo(f"Settings are wrong:\n{error}", err=True)
        sys.exit(2)


def load_app() -> Flask:
    """The app, for commands that need its database or storage."""
    from app.factory import create_app

    return create_app(settings_or_exit())


class Command(click.Group):
    """Groups come from the rooms, loaded when asked for: `serve` must not wait for OpenCV."""

    ROOMS = {"tour": "tours.commands:tour", "media": "media.commands:media"}  # noqa: RUF012  read only

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in order."""
        return sorted({*super().list_commands(ctx), *self.ROOMS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        if cmd_name not in self.ROOMS:
            return super().get_command(ctx, cmd_name)
        from importlib import import_module

        module, _, name = self.ROOMS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Command)
@click.version_option(package_name="deambule")
@click.pass_context
def deambule(ctx: click.Context) -> None:
    """Déambule: visit factories from a classroom."""
    from flask.cli import ScriptInfo

    from app.core.locale import language_of_terminal, speaking

    ctx.obj = ScriptInfo(create_app=load_app)
    ctx.with_resource(speaking(language_of_terminal()))


@deambule.command()
def serve() -> None:
    """Serve the site, and keep its worker alive."""
    settings_or_exit()
    become_server()


@deambule.command("demo")
def serve_demo() -> None:
    """Set up the demo edition where needed, and serve it."""
    from app.demo import Demo, demo_settings, greet, read_notes

    try:
        demo = Demo(demo_settings())
    except BadSettings as error:
        click.echo(f"Settings are wrong:\n{error}", err=True)
        sys.exit(2)
    notes = read_notes(demo)
    if not demo.is_ready(notes):
        from app.demo_setup import set_up
        from tours.commands import told_plainly

        with told_plainly():
            set_up(demo, notes)
    greet(demo, notes["password"])
    become_server()


def become_server() -> None:
    """Replace this process by the serving one, whose first line patches for gevent."""
    os.execv(sys.executable, [sys.executable, "-m", "app.serve"])  # noqa: S606  our own interpreter


@deambule.group()
def db() -> None:
    """The database's schema."""


@db.command("upgrade")
@click.argument("revision", default="head")
@with_appcontext
def db_upgrade(revision: str) -> None:
    """Bring the schema up to date."""
    from app.core.schema import upgrade_database

    upgrade_database(revision)


@db.command("downgrade")
@click.argument("revision")
@with_appcontext
def db_downgrade(revision: str) -> None:
    """Bring the schema back to an earlier revision."""
    from app.core.schema import downgrade_database

    downgrade_database(revision)


@deambule.command()
@click.argument("email")
@click.argument("role", required=False)
@click.option("--name", default="", help="How they are called on pages.")
@click.option("--password", default="", help="Asked for when it is not given.")
@click.option("--reset-second-factor", is_flag=True, help="Forget the phone of this account.")
@with_appcontext
def account(
    email: str, role: str | None, name: str, password: str, reset_second_factor: bool
) -> None:
    """Make a staff account, or change its role and password; it is confirmed and verified."""
    from app.people import commands

    if reset_second_factor:
        click.echo(commands.forget_phone(email))
    if role is not None:
        password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
        click.echo(commands.make_account(email, role, name, password))
    elif not reset_second_factor:
        raise click.UsageError("Say which role the account has.")


@deambule.command()
@with_appcontext
def purge() -> None:
    """Erase what has had its time, and every trace of it; the worker does it too."""
    from flask import current_app

    from app import purging

    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  Flask's own way to the app behind its proxy
    for line in purging.purge(app):
        click.echo(line)
    if not purging.rewrite_database(app.extensions["settings"]):
        click.echo("The database is in use: its log is emptied later.", err=True)


@deambule.command()
def doctor() -> None:
    """Say what is configured and what can be reached; ends with 1 when something cannot."""
    from app.doctor import examine

    sys.exit(examine(settings_or_exit()))


def main() -> None:
    """The command's entry point."""
    deambule(prog_name="deambule")


if __name__ == "__main__":
    main()

"""Khóa của phần mềm: a person's own keys, made and revoked by himself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from xanh.kit import clock
from xanh.people import token_inputs, tokens
from xanh.web import guards


@guards.signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """All keys of the person; POST makes one and shows its secret this once."""
    user = guards.viewer_of(request).user
    form = token_inputs.TokenForm(request.POST or None, initial={"days": 90, "scopes": ["read", "submit"]})
    secret = ""
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        _, secret = tokens.issue_token(
            user=user, name=kept["name"], scopes=kept["scopes"], days=kept["days"], by=user, at=clock.now()
        )
        form = token_inputs.TokenForm(initial={"days": 90, "scopes": ["read", "submit"]})
    context = {"form": form, "secret": secret, "tokens": tokens.tokens_of(user), "now": clock.now()}
    answer = render(request, "publish/tokens.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@guards.signed_in
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the person's own keys."""
    if not tokens.revoke_token(token_id=pk, user=guards.viewer_of(request).user, at=clock.now()):
        raise Http404
    messages.success(request, "Đã thu hồi khóa. Phần mềm dùng khóa này không còn đăng nhập được.")
    return redirect("account-tokens")

"""Addresses of documents and tasks."""

from __future__ import annotations

from django.urls import path

from xanh.web.views import directives, tasks

urlpatterns = [
    path("van-ban/", directives.listing, name="directives"),
    path("van-ban/tiep-nhan/", directives.upload, name="directives-upload"),
    path("van-ban/<int:pk>/", directives.page, name="directives-page"),
    path("van-ban/<int:pk>/tep/", directives.download, name="directives-file"),
    path("van-ban/<int:pk>/ra-soat/", directives.review, name="directives-review"),
    path("van-ban/<int:pk>/thong-tin/", directives.head, name="directives-head"),
    path("van-ban/<int:pk>/them-muc/", directives.item_add, name="directives-item-add"),
    path("van-ban/<int:pk>/hoan-thanh/", directives.finish, name="directives-finish"),
    path("van-ban/<int:pk>/dua-len-he-thong/", directives.put_in_force, name="directives-force"),
    path("van-ban/<int:pk>/tra-lai/", directives.reopen, name="directives-reopen"),
    path("van-ban/muc/<int:pk>/sua/", directives.item_edit, name="directives-item-edit"),
    path("van-ban/muc/<int:pk>/nhan/", directives.item_accept, name="directives-item-accept"),
    path("van-ban/muc/<int:pk>/bo/", directives.item_drop, name="directives-item-drop"),
    path("van-ban/muc/<int:pk>/xem-lai/", directives.item_reconsider, name="directives-item-reconsider"),
    path("van-ban/muc/<int:pk>/tach/", directives.item_split, name="directives-item-split"),
    path("van-ban/muc/<int:pk>/ghep/", directives.item_merge, name="directives-item-merge"),
    path("nhiem-vu/", tasks.listing, name="tasks"),
    path("nhiem-vu/<str:code>/", tasks.page, name="tasks-page"),
    path("nhiem-vu/<str:code>/cap-nhat/", tasks.progress, name="tasks-progress"),
    path("nhiem-vu/<str:code>/minh-chung/", tasks.attach, name="tasks-attach"),
    path("nhiem-vu/<str:code>/minh-chung/<int:pk>/", tasks.evidence, name="tasks-evidence"),
    path("nhiem-vu/<str:code>/bo-sung/", tasks.clarify, name="tasks-clarify"),
    path("nhiem-vu/<str:code>/bao-cao-hoan-thanh/", tasks.report_done, name="tasks-done"),
    path("nhiem-vu/<str:code>/rut-bao-cao/", tasks.withdraw, name="tasks-withdraw"),
    path("nhiem-vu/<str:code>/xac-nhan/", tasks.accept, name="tasks-accept"),
    path("nhiem-vu/<str:code>/tra-lai/", tasks.give_back, name="tasks-return"),
    path("nhiem-vu/<str:code>/de-nghi-dieu-chinh/", tasks.ask_extension, name="tasks-extension-ask"),
    path("nhiem-vu/<str:code>/quyet-dinh-thoi-han/", tasks.decide_extension, name="tasks-extension-decide"),
    path("nhiem-vu/<str:code>/dieu-chinh-thoi-han/", tasks.adjust, name="tasks-adjust"),
    path("nhiem-vu/<str:code>/thay-doi/", tasks.change, name="tasks-change"),
    path("nhiem-vu/<str:code>/ket-thuc-theo-doi/", tasks.end, name="tasks-end"),
    path("nhiem-vu/<str:code>/tiep-tuc-theo-doi/", tasks.reopen, name="tasks-reopen"),
]

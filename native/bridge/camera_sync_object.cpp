#include "camera_sync_object.h"

#include <mferror.h>

#include "apartment.h"
#include "handle_table.h"
#include "kernel_object.h"
#include "wait.h"

namespace mfvcam {

namespace {

constexpr UINT32 ksevent_enable = 1;   // KSEVENT_TYPE_ENABLE
constexpr UINT32 ksevent_oneshot = 2;  // KSEVENT_TYPE_ONESHOT

// Every code that WaitOnSignal may plausibly give for a timeout; which one it is, is not
// documented.
bool is_timeout(HRESULT hr) noexcept {
    return hr == S_FALSE || hr == HRESULT_FROM_WIN32(WAIT_TIMEOUT) ||
           hr == HRESULT_FROM_WIN32(ERROR_TIMEOUT) || hr == HRESULT_FROM_WIN32(ERROR_SEM_TIMEOUT) ||
           hr == static_cast<HRESULT>(WAIT_TIMEOUT);
}

}  // namespace

CameraSyncObject::CameraSyncObject(Ref<VirtualCamera> camera, const GUID& set, UINT32 id,
                                   UINT32 flags) noexcept
    : CameraChild(object_kind, std::move(camera)), set_(set), id_(id), flags_(flags) {}

CameraSyncObject::~CameraSyncObject() = default;

HRESULT CameraSyncObject::create(Ref<VirtualCamera> camera, const GUID& set, UINT32 id,
                                 UINT32 flags, HANDLE event, mfvcam_handle* handle) {
    if (flags != ksevent_enable && flags != ksevent_oneshot) {
        return E_INVALIDARG;
    }
    const auto object =
        Ref<CameraSyncObject>::adopt(new CameraSyncObject(std::move(camera), set, id, flags));
    const HRESULT hr = guarded([&] {
        HRESULT result = object->prepare(event);
        if (SUCCEEDED(result)) {
            result = object->join_camera();
        }
        if (SUCCEEDED(result)) {
            result = object->register_event();
        }
        if (SUCCEEDED(result)) {
            *handle = handles::insert(object.get());
        }
        return result;
    });
    if (FAILED(hr)) {
        object->close();
    }
    return hr;
}

HRESULT CameraSyncObject::prepare(HANDLE event) {
    if (event == nullptr) {
        return E_HANDLE;
    }
    HANDLE duplicate = nullptr;
    if (DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &duplicate,
                        EVENT_MODIFY_STATE | SYNCHRONIZE, FALSE, 0) == FALSE) {
        return hresult_from_last_error();
    }
    event_ = OwnedHandle(duplicate);
    // Signalling anything else would fail in the camera, where nobody can be told.
    if (!may_be(duplicate, L"Event")) {
        return E_HANDLE;
    }
    ended_ = OwnedHandle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    if (!ended_) {
        return hresult_from_last_error();
    }
    return EventWaits::share(event, duplicate, waits_);
}

HRESULT CameraSyncObject::register_event() noexcept {
    ComPtr<IMFCameraSyncObject> registered;
    const HRESULT hr = camera().create_sync_event(set_, id_, flags_, event_.get(), &registered);
    if (FAILED(hr)) {
        return hr;
    }
    ++ledger.sync_objects;
    HRESULT reason = S_OK;
    {
        const LockGuard guard(lock_);
        reason = reason_;
        if (SUCCEEDED(reason)) {
            std::swap(registered_, registered);
        }
    }
    if (FAILED(reason)) {
        in_mta([&registered] {
            registered->Shutdown();
            registered.reset();
            return S_OK;
        });
        --ledger.sync_objects;
        return reason;
    }
    return hr;
}

HRESULT CameraSyncObject::end_reason() noexcept {
    const SharedLockGuard guard(lock_);
    return reason_;
}

HRESULT CameraSyncObject::wait_on_signal(UINT32 timeout) noexcept {
    if (!waits_->take(WaitWay::wait_on_signal)) {
        return MFVCAM_E_WAIT_MIXED;
    }
    ComPtr<IMFCameraSyncObject> registered;
    HRESULT reason = S_OK;
    {
        const SharedLockGuard guard(lock_);
        reason = reason_;
        registered = registered_;
    }
    if (FAILED(reason)) {
        return reason;
    }
    if (!registered) {
        // Between two registrations: the next call finds the new one.
        return S_FALSE;
    }
    const HRESULT hr = in_mta([&] {
        const HRESULT result = registered->WaitOnSignal(timeout);
        registered.reset();
        return result;
    });
    if (hr == S_OK) {
        spent_ = flags_ == ksevent_oneshot;
        return S_OK;
    }
    if (is_timeout(hr)) {
        return S_FALSE;
    }
    // What an object answers that was shut down during the wait is not documented; the reason for
    // it is known here.
    reason = end_reason();
    if (FAILED(reason)) {
        return reason;
    }
    return hr == MF_E_SHUTDOWN ? S_FALSE : hr;
}

HRESULT CameraSyncObject::await(UINT32 timeout, HANDLE cancel) noexcept {
    if (!waits_->take(WaitWay::handle)) {
        return MFVCAM_E_WAIT_MIXED;
    }
    switch (wait_for(event_.get(), ended_.get(), cancel, Deadline(timeout))) {
        case WaitEnd::signalled:
            spent_ = flags_ == ksevent_oneshot;
            return S_OK;
        case WaitEnd::ended:
            return end_reason();
        case WaitEnd::cancelled:
            return HRESULT_FROM_WIN32(ERROR_CANCELLED);
        case WaitEnd::timed_out:
            return S_FALSE;
        default:
            return hresult_from_last_error();
    }
}

HRESULT CameraSyncObject::shutdown() noexcept {
    leave_camera();
    end(MF_E_SHUTDOWN);
    return S_OK;
}

// Whoever comes first takes the COM object out and shuts it down: once, whether or not a wait
// succeeded.
void CameraSyncObject::end(HRESULT reason) noexcept {
    ComPtr<IMFCameraSyncObject> registered;
    {
        const LockGuard guard(lock_);
        if (FAILED(reason_)) {
            return;
        }
        reason_ = reason;
        std::swap(registered, registered_);
    }
    if (ended_) {
        SetEvent(ended_.get());
    }
    if (registered) {
        in_mta([&registered] {
            registered->Shutdown();
            registered.reset();
            return S_OK;
        });
        --ledger.sync_objects;
    }
}

void CameraSyncObject::renew() noexcept {
    // One at a time; who comes meanwhile leaves it to the one at it, to be done once more.
    if (renewals_.fetch_add(1) != 0) {
        return;
    }
    do {
        renew_once();
    } while (renewals_.fetch_sub(1) != 1);
}

void CameraSyncObject::renew_once() noexcept {
    if (spent_) {
        return;
    }
    ComPtr<IMFCameraSyncObject> old;
    {
        const LockGuard guard(lock_);
        std::swap(old, registered_);
    }
    if (!old) {
        return;
    }
    // First, so that the end of the old registration cannot take the new one with it: both have the
    // same event.
    in_mta([&old] {
        old->Shutdown();
        old.reset();
        return S_OK;
    });
    --ledger.sync_objects;
    const HRESULT hr = register_event();
    if (FAILED(hr)) {
        leave_camera();
        end(hr);
    }
}

void CameraSyncObject::on_close() noexcept {
    shutdown();
}

void CameraSyncObject::finish() noexcept {
    waits_.reset();
    event_ = OwnedHandle();
    ended_ = OwnedHandle();
}

}  // namespace mfvcam

#include "camera_sync_object.h"

#include <mferror.h>

#include <algorithm>

#include "apartment.h"
#include "handle_table.h"
#include "wait.h"
#include "watch.h"

namespace mfvcam {

namespace {

constexpr UINT32 kEnable = 1;                 // KSEVENT_TYPE_ENABLE
constexpr UINT32 kBetweenRegistrations = 10;  // ms

// Every code that WaitOnSignal may plausibly give for a timeout; which one it is, is not
// documented.
bool is_timeout(HRESULT hr) noexcept {
    return hr == S_FALSE || hr == HRESULT_FROM_WIN32(WAIT_TIMEOUT) ||
           hr == HRESULT_FROM_WIN32(ERROR_TIMEOUT) || hr == HRESULT_FROM_WIN32(ERROR_SEM_TIMEOUT) ||
           hr == static_cast<HRESULT>(WAIT_TIMEOUT);
}

void shut_down(ComPtr<IMFCameraSyncObject>& registered) noexcept {
    in_mta([&registered] {
        registered->Shutdown();
        registered.reset();
        return S_OK;
    });
    --ledger.sync_objects;
}

// Released, not shut down: it may be the one that the program has, too (IMFVirtualCamera::
// GetMediaSource does not say).
void close_source(ComPtr<IMFMediaSource>& source) noexcept {
    if (source) {
        in_mta([&source] {
            source.reset();
            return S_OK;
        });
        --ledger.media_sources;
    }
}

}  // namespace

CameraSyncObject::CameraSyncObject(Ref<VirtualCamera> camera, const GUID& set, UINT32 id,
                                   UINT32 flags, INT32 adjustment)
    : CameraChild(object_kind, std::move(camera)),
      set_(set),
      id_(id),
      flags_(flags),
      adjustment_(adjustment),
      unseen_(adjustment != 0 ? adjustment : 1) {}

CameraSyncObject::~CameraSyncObject() = default;

HRESULT CameraSyncObject::create(Ref<VirtualCamera> camera, const GUID& set, UINT32 id,
                                 UINT32 flags, const SignalRequest& request,
                                 mfvcam_handle* handle) {
    const bool semaphore = request.type == SignalObject::Type::semaphore;
    if ((flags != kEnable && flags != kOneshot) || (semaphore && request.adjustment < 1)) {
        return E_INVALIDARG;
    }
    const auto object = Ref<CameraSyncObject>::adopt(new CameraSyncObject(
        std::move(camera), set, id, flags, semaphore ? request.adjustment : 0));
    const HRESULT hr = guarded([&] {
        HRESULT result = object->prepare(request);
        if (SUCCEEDED(result)) {
            // The camera's news are to find it registered.
            const LockGuard registering(object->registering_);
            result = object->join_camera();
            if (SUCCEEDED(result)) {
                result = object->register_signal();
            }
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

HRESULT CameraSyncObject::prepare(const SignalRequest& request) {
    const HRESULT hr = SignalObject::duplicate(request.handle, request.type, signal_);
    if (FAILED(hr)) {
        return hr;
    }
    ended_ = OwnedHandle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    if (!ended_) {
        return hresult_from_last_error();
    }
    return SignalWaitWay::share(request.handle, signal_.get(), wait_way_);
}

HRESULT CameraSyncObject::ask_camera(ComPtr<IMFCameraSyncObject>* registered) noexcept {
    return adjustment_ != 0
               ? camera().create_sync_semaphore(set_, id_, flags_, signal_.get(), adjustment_,
                                                registered)
               : camera().create_sync_event(set_, id_, flags_, signal_.get(), registered);
}

HRESULT CameraSyncObject::register_signal() noexcept {
    ComPtr<IMFCameraSyncObject> registered;
    ComPtr<IMFMediaSource> watched;
    // Before: if another comes meanwhile, this is found to be void.
    UINT64 instance = camera().instance();
    HRESULT hr = ask_camera(&registered);
    // Whether a camera that no program has open takes registrations is not documented. To a source
    // that has been asked, or a camera that is stopped, it makes no difference.
    if (!is_answer_of_source(hr) && !camera().is_stopped() &&
        SUCCEEDED(camera().open_media_source(&watched))) {
        ++ledger.media_sources;
        instance = camera().ask_instance();
        hr = ask_camera(&registered);
    }
    if (FAILED(hr)) {
        close_source(watched);
        return hr;
    }
    ++ledger.sync_objects;
    HRESULT reason = S_OK;
    {
        const LockGuard guard(lock_);
        reason = reason_;
        if (SUCCEEDED(reason) && !has_no_more()) {
            std::swap(registered_, registered);
            registered_with_ = instance;
            if (watched) {
                std::swap(watched_, watched);
            }
        }
    }
    if (registered) {
        shut_down(registered);
    }
    close_source(watched);
    return FAILED(reason) ? reason : hr;
}

HRESULT CameraSyncObject::end_reason() noexcept {
    const SharedLockGuard guard(lock_);
    return SUCCEEDED(reason_) && spent_ ? MFVCAM_E_SPENT : reason_;
}

void CameraSyncObject::seen_to_fire() noexcept {
    note_fired();
    // A semaphore is released by its adjustment: so many signals are one event.
    if (flags_ != kOneshot || unseen_.fetch_sub(1) != 1) {
        return;
    }
    spent_ = true;
    SetEvent(ended_.get());
    while (const Ref<SignalWatch> watch = take_watch()) {
        if (const Lease<SignalWatch> lease(watch); lease) {
            lease->end(MFVCAM_E_SPENT);
        }
    }
}

HRESULT CameraSyncObject::add_watch(SignalWatch* watch) {
    const LockGuard guard(lock_);
    if (FAILED(reason_) || spent_) {
        return FAILED(reason_) ? reason_ : MFVCAM_E_SPENT;
    }
    if (!wait_way_->take(WaitWay::handle)) {
        return MFVCAM_E_WAIT_MIXED;
    }
    watches_.insert(watch);
    return S_OK;
}

void CameraSyncObject::remove_watch(SignalWatch* watch) noexcept {
    const LockGuard guard(lock_);
    watches_.erase(watch);
}

Ref<SignalWatch> CameraSyncObject::take_watch() noexcept {
    const LockGuard guard(lock_);
    const auto first = watches_.begin();
    if (first == watches_.end()) {
        return {};
    }
    auto watch = Ref<SignalWatch>::share(*first);
    watches_.erase(first);
    return watch;
}

HRESULT CameraSyncObject::wait_on_signal(UINT32 timeout) noexcept {
    HRESULT reason = end_reason();
    if (FAILED(reason)) {
        return reason;
    }
    if (!wait_way_->take(WaitWay::wait_on_signal)) {
        return MFVCAM_E_WAIT_MIXED;
    }
    const Deadline deadline(timeout);
    HRESULT hr = S_FALSE;
    bool renewed = false;
    do {
        hr = wait_on_registered(deadline.left(), renewed);
        if (hr == S_OK) {
            seen_to_fire();
            return S_OK;
        }
        // What an object answers that was shut down during the wait is not documented; the reason
        // for it is known here.
        reason = end_reason();
    } while (renewed && SUCCEEDED(reason) && deadline.left() != 0);
    if (is_timeout(hr) && !renewed) {
        return S_FALSE;
    }
    if (FAILED(reason)) {
        return reason;
    }
    return renewed ? S_FALSE : hr;
}

// renewed: not waited for so long, since the object was not the one to wait on.
HRESULT CameraSyncObject::wait_on_registered(UINT32 timeout, bool& renewed) noexcept {
    renewed = false;
    return in_mta([&] {
        ComPtr<IMFCameraSyncObject> registered;
        {
            const SharedLockGuard guard(lock_);
            registered = registered_;
        }
        if (!registered) {
            renewed = true;
            const Deadline deadline(std::min(timeout, kBetweenRegistrations));
            const bool signalled =
                wait_for(signal_.get(), ended_.get(), nullptr, deadline) == WaitEnd::signalled;
            return signalled ? S_OK : S_FALSE;
        }
        const HRESULT hr = registered->WaitOnSignal(timeout);
        const SharedLockGuard guard(lock_);
        renewed = registered_.get() != registered.get();
        return hr;
    });
}

HRESULT CameraSyncObject::await(UINT32 timeout, HANDLE cancel) noexcept {
    // A spent ONESHOT has had its signal: another is somebody else's.
    if (spent_) {
        return end_reason();
    }
    // After the end, one that came before may still be taken; that settles the way no more.
    const HRESULT reason = end_reason();
    if (!wait_way_->allows(WaitWay::handle) ||
        (SUCCEEDED(reason) && !wait_way_->take(WaitWay::handle))) {
        return FAILED(reason) ? reason : MFVCAM_E_WAIT_MIXED;
    }
    const WaitEnd end = wait_for(signal_.get(), ended_.get(), cancel, Deadline(timeout));
    if (end == WaitEnd::signalled) {
        seen_to_fire();
    }
    return end == WaitEnd::ended ? end_reason() : hresult_of(end);
}

HRESULT CameraSyncObject::share_com_pointer(IUnknown** pointer) noexcept {
    return in_mta([&]() -> HRESULT {
        const SharedLockGuard guard(lock_);
        if (FAILED(reason_)) {
            return reason_;
        }
        if (!registered_) {
            // Between two registrations, unless there is none to come.
            return has_no_more() ? MFVCAM_E_SPENT : HRESULT_FROM_WIN32(ERROR_BUSY);
        }
        registered_->AddRef();
        *pointer = registered_.get();
        return S_OK;
    });
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
    ComPtr<IMFMediaSource> watched;
    {
        const LockGuard guard(lock_);
        if (FAILED(reason_)) {
            return;
        }
        reason_ = reason;
        std::swap(registered, registered_);
        std::swap(watched, watched_);
    }
    if (ended_) {
        SetEvent(ended_.get());
    }
    while (const Ref<SignalWatch> watch = take_watch()) {
        // A watch that is closing already ends by itself.
        if (const Lease<SignalWatch> lease(watch); lease) {
            lease->end(reason);
        }
    }
    if (registered) {
        shut_down(registered);
    }
    close_source(watched);
}

bool CameraSyncObject::has_registration() const noexcept {
    const SharedLockGuard guard(lock_);
    return SUCCEEDED(reason_);
}

void CameraSyncObject::renew(UINT64 instance) noexcept {
    const LockGuard registering(registering_);
    {
        const SharedLockGuard guard(lock_);
        if (instance != 0 && registered_with_ == instance) {
            return;
        }
    }
    renew_once();
}

void CameraSyncObject::renew_once() noexcept {
    if (has_no_more()) {
        return;
    }
    ComPtr<IMFCameraSyncObject> old;
    {
        const LockGuard guard(lock_);
        if (FAILED(reason_)) {
            return;
        }
        std::swap(old, registered_);
        registered_with_ = 0;
    }
    // First, so that the end of the old registration cannot take the new one with it: both have the
    // same event.
    if (old) {
        shut_down(old);
    }
    const HRESULT hr = register_signal();
    // A stopped camera refuses; its Start renews.
    if (FAILED(hr) && !camera().is_stopped()) {
        HRESULT reason = MF_E_SHUTDOWN;
        if (!camera().is_shut_down()) {
            reason = camera().answers() ? hr : MFVCAM_E_CAMERA_LOST;
        }
        leave_camera();
        end(reason);
    }
}

void CameraSyncObject::on_close() noexcept {
    shutdown();
}

void CameraSyncObject::finish() noexcept {
    wait_way_.reset();
    signal_ = SignalObject();
    ended_ = OwnedHandle();
}

}  // namespace mfvcam

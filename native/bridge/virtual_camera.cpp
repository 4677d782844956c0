#include "virtual_camera.h"

#include <mferror.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "apartment.h"
#include "handle_table.h"
#include "provider.h"
#include "runtime.h"
#include "start_callback.h"

namespace mfvcam {

namespace {

constexpr UINT32 kEveryLife = 0xFFFFFFFF;
constexpr UINT32 kGet = 1;  // KSPROPERTY_TYPE_GET

constinit Lock live_lock;
// The cameras of this process that are not finished. Never freed: threads may call until the
// process is gone.
constinit std::vector<const CameraParameters*>* live_cameras = nullptr;

HRESULT register_live(const CameraParameters& parameters, bool allow_same) {
    const LockGuard guard(live_lock);
    if (live_cameras == nullptr) {
        live_cameras = new std::vector<const CameraParameters*>();
    }
    const auto same = [&parameters](const auto* other) { return *other == parameters; };
    if (!allow_same && std::ranges::any_of(*live_cameras, same)) {
        return MFVCAM_E_ALREADY_OPEN;
    }
    live_cameras->push_back(&parameters);
    return S_OK;
}

void unregister_live(const CameraParameters& parameters) noexcept {
    const LockGuard guard(live_lock);
    live_cameras->erase(std::ranges::find(*live_cameras, &parameters));
}

}  // namespace

bool is_answer_of_source(HRESULT hr) noexcept {
    constexpr std::array<HRESULT, 10> refusals = {
        HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND),
        HRESULT_FROM_WIN32(ERROR_NOT_FOUND),
        HRESULT_FROM_WIN32(ERROR_MORE_DATA),
        HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER),
        HRESULT_FROM_WIN32(ERROR_INVALID_FUNCTION),
        HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED),
        HRESULT_FROM_WIN32(ERROR_NO_SYSTEM_RESOURCES),
        E_INVALIDARG,
        E_NOTIMPL,
        E_POINTER,
    };
    return SUCCEEDED(hr) || std::ranges::find(refusals, hr) != refusals.end();
}

bool CameraParameters::operator==(const CameraParameters& other) const noexcept {
    return type == other.type && lifetime == other.lifetime && access == other.access &&
           friendly_name == other.friendly_name && source_id == other.source_id &&
           std::ranges::is_permutation(categories, other.categories);
}

CameraChild::CameraChild(Kind object_kind, Ref<VirtualCamera> camera) noexcept
    : Object(object_kind), camera_(std::move(camera)) {}

CameraChild::~CameraChild() = default;

HRESULT CameraChild::join_camera(Join which) {
    const LockGuard guard(camera_->lock_);
    if (camera_->ended_ == MF_E_SHUTDOWN) {
        return MF_E_SHUTDOWN;
    }
    const bool gone = camera_->removed_ || FAILED(camera_->ended_);
    if (gone && which == Join::there) {
        return FAILED(camera_->ended_) ? camera_->ended_ : MFVCAM_E_CAMERA_LOST;
    }
    camera_->children_.insert(this);
    life_ = camera_->life_ + (gone ? 1 : 0);
    return S_OK;
}

void CameraChild::leave_camera() noexcept {
    const LockGuard guard(camera_->lock_);
    camera_->children_.erase(this);
}

VirtualCamera::VirtualCamera(CameraParameters parameters)
    : Object(object_kind), parameters_(std::move(parameters)) {}

VirtualCamera::~VirtualCamera() = default;

HRESULT VirtualCamera::create(CameraParameters parameters, bool allow_same, mfvcam_handle* handle) {
    HRESULT hr = provider::probe();
    if (SUCCEEDED(hr)) {
        hr = ensure_runtime();
    }
    if (FAILED(hr)) {
        return hr;
    }
    const auto camera = Ref<VirtualCamera>::adopt(new VirtualCamera(std::move(parameters)));
    const CameraParameters& wanted = camera->parameters_;
    hr = register_live(wanted, allow_same);
    if (FAILED(hr)) {
        camera->close();
        return hr;
    }
    camera->registered_ = true;
    std::array<wchar_t, 39> source_id{};
    StringFromGUID2(wanted.source_id, source_id.data(), static_cast<int>(source_id.size()));
    hr = in_mta([&] {
        return MFCreateVirtualCamera(
            wanted.type, wanted.lifetime, wanted.access, wanted.friendly_name.c_str(),
            source_id.data(), wanted.categories.empty() ? nullptr : wanted.categories.data(),
            static_cast<ULONG>(wanted.categories.size()), camera->camera_.put());
    });
    if (FAILED(hr)) {
        // Whatever a failed call left in the out-parameter is not ours to release.
        static_cast<void>(camera->camera_.detach());
    } else if (!camera->camera_) {
        hr = MFVCAM_E_NO_OBJECT;
    } else {
        ++ledger.cameras;
        hr = handles::publish(camera, handle);
    }
    if (FAILED(hr)) {
        camera->close();
    }
    return hr;
}

HRESULT VirtualCamera::adopt(IMFVirtualCamera* pointer, mfvcam_handle* handle) {
    const HRESULT hr = ensure_runtime();
    if (FAILED(hr)) {
        return hr;
    }
    const auto camera = Ref<VirtualCamera>::adopt(new VirtualCamera({}));
    camera->camera_.attach(pointer);
    ++ledger.cameras;
    const HRESULT published = handles::publish(camera, handle);
    if (FAILED(published)) {
        // Still the caller's: neither shut down nor released.
        static_cast<void>(camera->camera_.detach());
        --ledger.cameras;
        camera->close();
    }
    return published;
}

HRESULT VirtualCamera::start() {
    const LockGuard running(run_lock_);
    const UINT32 life = next_life();
    const EventRegistrations::Id registration = registrations_.add();
    ComPtr<IMFAsyncCallback> callback;
    HRESULT hr = guarded([&] {
        callback.attach(new StartCallback(Ref<VirtualCamera>::share(this), registration, life));
        return S_OK;
    });
    if (SUCCEEDED(hr)) {
        hr = with_camera([&](IMFVirtualCamera& camera) { return camera.Start(callback.get()); });
    }
    if (FAILED(hr)) {
        registrations_.remove(registration);
        return hr;
    }
    registrations_.keep(registration);
    ++changes_;
    // A check under way is of the last run.
    const bool was_stopped = stopped_;
    if (was_stopped) {
        ++runs_;
    }
    stopped_ = false;
    if (begin_life(life) || was_stopped) {
        // What was registered with the source of the last run is void.
        renew_on_initialize_ = false;
        renew_children(0, life);
    }
    return hr;
}

UINT32 VirtualCamera::next_life() noexcept {
    const LockGuard guard(lock_);
    return life_ + (removed_ || FAILED(ended_) ? 1 : 0);
}

bool VirtualCamera::begin_life(UINT32 life) noexcept {
    const LockGuard guard(lock_);
    if (life <= life_) {
        return false;
    }
    life_ = life;
    removed_ = false;
    // It may have died again before Start returned.
    if (ended_ != MF_E_SHUTDOWN && last_lost_ < life) {
        ended_ = S_OK;
    }
    return true;
}

UINT32 VirtualCamera::life() noexcept {
    const LockGuard guard(lock_);
    return life_;
}

HRESULT VirtualCamera::stop() noexcept {
    const LockGuard running(run_lock_);
    // First: the pipeline's end is told while Stop is under way, and is no loss.
    ++runs_;
    const bool was_stopped = stopped_.exchange(true);
    HRESULT hr = with_camera([](IMFVirtualCamera& camera) { return camera.Stop(); });
    if (SUCCEEDED(hr)) {
        hr = for_each_child([](CameraChild& child) { child.stopped(); });
    } else {
        runs_on(was_stopped);
    }
    return hr;
}

HRESULT VirtualCamera::remove() noexcept {
    const LockGuard running(run_lock_);
    // As stop(): the pipeline's end that comes with it is no loss found out later.
    ++runs_;
    const bool was_stopped = stopped_.exchange(true);
    const HRESULT hr = with_camera([](IMFVirtualCamera& camera) { return camera.Remove(); });
    if (SUCCEEDED(hr)) {
        {
            const LockGuard guard(lock_);
            removed_ = true;
        }
        end_present_children(MFVCAM_E_CAMERA_LOST, life());
    } else {
        runs_on(was_stopped);
    }
    return hr;
}

void VirtualCamera::runs_on(bool was_stopped) noexcept {
    stopped_ = was_stopped;
    if (was_stopped) {
        return;
    }
    // What was told meanwhile was taken for the doing of the call that failed.
    ++changes_;
    if (renew_on_initialize_) {
        do_later(Action::check, life());
    }
    do_later(Action::compare, life());
}

HRESULT VirtualCamera::get_media_source(ComPtr<IMFMediaSource>* source) noexcept {
    const HRESULT hr = open_media_source(source);
    if (SUCCEEDED(hr)) {
        // Now, not when the event comes: what is signalled once it streams is not to be missed.
        ++changes_;
        if (renew_on_initialize_.exchange(false)) {
            renew_children(0, life());
        } else {
            compare_instance(life(), Unknown::renew);
        }
    }
    return hr;
}

HRESULT VirtualCamera::open_media_source(ComPtr<IMFMediaSource>* source) noexcept {
    return get_object(source, [](IMFVirtualCamera& camera, IMFMediaSource** result) {
        return camera.GetMediaSource(result);
    });
}

HRESULT VirtualCamera::send_property(const GUID& set, UINT32 id, UINT32 flags, void* payload,
                                     UINT32 payload_length, void* data, UINT32 data_length,
                                     UINT32* written) noexcept {
    ULONG count = 0;
    const HRESULT hr = with_camera([&](IMFVirtualCamera& camera) {
        return camera.SendCameraProperty(set, id, flags, payload, payload_length, data, data_length,
                                         &count);
    });
    if (SUCCEEDED(hr)) {
        // Whatever the source says: no more than there is room for.
        *written = std::min<ULONG>(count, data_length);
    } else if (hr == HRESULT_FROM_WIN32(ERROR_MORE_DATA) ||
               hr == HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER)) {
        *written = count;
    }
    return hr;
}

HRESULT VirtualCamera::create_sync_event(const GUID& set, UINT32 id, UINT32 flags, HANDLE event,
                                         ComPtr<IMFCameraSyncObject>* sync_object) noexcept {
    return get_object(sync_object, [&](IMFVirtualCamera& camera, IMFCameraSyncObject** result) {
        return camera.CreateSyncEvent(set, id, flags, event, result);
    });
}

HRESULT VirtualCamera::create_sync_semaphore(const GUID& set, UINT32 id, UINT32 flags,
                                             HANDLE semaphore, INT32 adjustment,
                                             ComPtr<IMFCameraSyncObject>* sync_object) noexcept {
    return get_object(sync_object, [&](IMFVirtualCamera& camera, IMFCameraSyncObject** result) {
        return camera.CreateSyncSemaphore(set, id, flags, semaphore, adjustment, result);
    });
}

HRESULT VirtualCamera::share_com_pointer(IUnknown** pointer) noexcept {
    return with_camera([pointer](IMFVirtualCamera& camera) {
        camera.AddRef();
        *pointer = &camera;
        return S_OK;
    });
}

HRESULT VirtualCamera::shutdown() noexcept {
    shut_down_once();
    return S_OK;
}

void VirtualCamera::shut_down_once() noexcept {
    if (shut_down_.exchange(true)) {
        return;
    }
    end_children(MF_E_SHUTDOWN, kEveryLife);
    if (camera_) {
        // There is nothing a caller could do about a failure, and the reference is released in any
        // case.
        in_mta([this] { return camera_->Shutdown(); });
    }
    // From here on the same parameters make another camera.
    if (registered_) {
        unregister_live(parameters_);
    }
}

void VirtualCamera::on_close() noexcept {
    shut_down_once();
}

void VirtualCamera::finish() noexcept {
    if (camera_) {
        in_mta([this] {
            camera_.reset();
            return S_OK;
        });
        --ledger.cameras;
    }
}

void VirtualCamera::end_children(HRESULT reason, UINT32 life) noexcept {
    {
        const LockGuard guard(lock_);
        // One that was started again since has not died of that.
        if (life >= life_ && ended_ != MF_E_SHUTDOWN) {
            ended_ = reason;
        }
        last_lost_ = std::max(last_lost_, life);
    }
    end_present_children(reason, life);
}

UINT64 VirtualCamera::ask_instance() noexcept {
    constexpr GUID set = MFVCAM_PROPERTY_SET;
    mfvcam_source_counters counters{};
    UINT32 written = 0;
    const HRESULT hr = send_property(set, MFVCAM_PROPERTY_COUNTERS, kGet, nullptr, 0, &counters,
                                     sizeof(counters), &written);
    return SUCCEEDED(hr) && written == sizeof(counters) && counters.size == sizeof(counters) &&
                   counters.instance != 0
               ? UINT64{counters.process_id} << 32U | counters.instance
               : 0;
}

UINT64 VirtualCamera::instance() noexcept {
    const UINT32 changes = changes_;
    {
        const SharedLockGuard guard(lock_);
        if (instance_asked_ == changes) {
            return instance_;
        }
    }
    const UINT64 instance = ask_instance();
    const LockGuard guard(lock_);
    instance_ = instance;
    instance_asked_ = changes;
    return instance;
}

void VirtualCamera::end_present_children(HRESULT reason, UINT32 life) noexcept {
    while (const Ref<CameraChild> child = take_child(life)) {
        // A child that is closing already ends by itself.
        if (const Lease<CameraChild> lease(child); lease) {
            lease->end(reason);
        }
    }
}

Ref<CameraChild> VirtualCamera::take_child(UINT32 life) noexcept {
    const LockGuard guard(lock_);
    const auto first = std::ranges::find_if(
        children_, [life](const CameraChild* child) { return child->life_ <= life; });
    if (first == children_.end()) {
        return {};
    }
    auto child = Ref<CameraChild>::share(*first);
    children_.erase(first);
    return child;
}

void VirtualCamera::on_event(EventRegistrations::Id registration, UINT32 life,
                             const CameraEvent& event) noexcept {
    const bool error = event.type == MEError;
    if (!error && event.type != MEExtendedType) {
        return;
    }
    std::optional<Action> action;
    bool failed = false;
    {
        const LockGuard telling(telling_lock_);
        if (registrations_.is_new(registration, event)) {
            // An MEError may carry whatever GUID.
            const GUID& told_type = error ? GUID_NULL : event.extended_type;
            failed = FAILED(tell(event.status, told_type));
            action = action_after(told_type);
        }
    }
    if (failed) {
        do_later(Action::give_up, life);
    }
    if (error) {
        // Whoever tells of it: an older registration does not know that a new life has begun.
        do_later(Action::lose, life);
    } else if (action) {
        // About the camera as it is now, whichever registration is the first to tell.
        do_later(*action, this->life());
    }
}

HRESULT VirtualCamera::tell(HRESULT status, const GUID& extended_type) noexcept {
    return guarded([&] {
        // Without a lease: the last call out gives resources back, which takes its time.
        for (const Ref<CameraChild>& child : present_children()) {
            child->event(status, extended_type);
        }
        return S_OK;
    });
}

std::optional<VirtualCamera::Action> VirtualCamera::action_after(
    const GUID& extended_type) noexcept {
    if (extended_type == MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN) {
        renew_on_initialize_ = true;
        ++changes_;
        return Action::check;
    }
    if (extended_type == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE) {
        ++changes_;
        return renew_on_initialize_.exchange(false) ? Action::renew : Action::compare;
    }
    // Whoever watches may have had an instance of their own: undocumented.
    if (extended_type == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE) {
        ++changes_;
        return Action::compare;
    }
    // Nor is it documented whether they are asked already, or no longer, when those two come.
    if (extended_type == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START ||
        extended_type == MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP) {
        ++changes_;
        return Action::compare_known;
    }
    return std::nullopt;
}

void VirtualCamera::do_later(Action action, UINT32 life) noexcept {
    later([action, life, run = runs_.load(), self = Ref<VirtualCamera>::share(this)]() noexcept {
        const Lease<VirtualCamera> lease(self);
        if (!lease) {
            return;
        }
        switch (action) {
            case Action::lose:
                lease->end_children(MFVCAM_E_CAMERA_LOST, life);
                break;
            case Action::give_up:
                lease->end_children(E_OUTOFMEMORY, life);
                break;
            case Action::check:
                lease->check_alive(run, life);
                break;
            case Action::renew:
                lease->renew_children(0, life);
                break;
            case Action::compare:
                lease->compare_instance(life, Unknown::renew);
                break;
            case Action::compare_known:
                lease->compare_instance(life, Unknown::keep);
                break;
        }
    });
}

// Asks for the size of a property of our own source; any other source answers that it has none.
bool VirtualCamera::answers() noexcept {
    constexpr GUID set = MFVCAM_PROPERTY_SET;
    UINT32 written = 0;
    return is_answer_of_source(
        send_property(set, MFVCAM_PROPERTY_COUNTERS, kGet, nullptr, 0, nullptr, 0, &written));
}

// PIPELINE_SHUTDOWN may be the camera's end or just its last watcher leaving: undocumented.
void VirtualCamera::check_alive(UINT32 run, UINT32 life) noexcept {
    // A camera that its own program has stopped, or started again since, answers for something
    // else.
    if (!answers() && !shut_down_ && !stopped_ && runs_ == run) {
        end_children(MFVCAM_E_CAMERA_LOST, life);
    }
}

std::vector<Ref<CameraChild>> VirtualCamera::present_children() {
    std::vector<Ref<CameraChild>> children;
    const SharedLockGuard guard(lock_);
    children.reserve(children_.size());
    for (CameraChild* child : children_) {
        children.push_back(Ref<CameraChild>::share(child));
    }
    return children;
}

template <class F>
HRESULT VirtualCamera::for_each_child(F&& call) noexcept {
    return guarded([&] {
        for (const Ref<CameraChild>& child : present_children()) {
            if (const Lease<CameraChild> lease(child); lease) {
                call(*child.get());
            }
        }
        return S_OK;
    });
}

void VirtualCamera::renew_children(UINT64 instance, UINT32 life) noexcept {
    const HRESULT hr = for_each_child([instance](CameraChild& child) { child.renew(instance); });
    if (FAILED(hr)) {
        // Better an error than waits that nothing would ever end.
        end_children(hr, life);
    }
}

void VirtualCamera::compare_instance(UINT32 life, Unknown unknown) noexcept {
    bool registered = false;
    const HRESULT hr = for_each_child(
        [&registered](const CameraChild& child) { registered |= child.has_registration(); });
    if (FAILED(hr)) {
        end_children(hr, life);
    } else if (registered && !stopped_) {
        const UINT64 instance = ask_instance();
        if (instance != 0 || unknown == Unknown::renew) {
            renew_children(instance, life);
        }
    }
}

}  // namespace mfvcam

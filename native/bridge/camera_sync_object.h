// IMFCameraSyncObject behind a handle: the registration of one event or semaphore with the camera,
// and the ways to wait for it: on the object, on the HANDLE, by watches.
#pragma once

#include <windows.h>

#include <atomic>
#include <unordered_set>

#include "signal_object.h"
#include "signal_wait_way.h"
#include "virtual_camera.h"

namespace mfvcam {

class SignalWatch;

// The kernel object that CreateSyncEvent or CreateSyncSemaphore is given.
struct SignalRequest {
    HANDLE handle;
    SignalObject::Type type;
    INT32 adjustment;  // of a semaphore
};

class CameraSyncObject final : public CameraChild {
 public:
    static constexpr Kind object_kind = Kind::sync_object;

    static HRESULT create(Ref<VirtualCamera> camera, const GUID& set, UINT32 id, UINT32 flags,
                          const SignalRequest& request, mfvcam_handle* handle);

    // Each is a call in flight: the caller holds a Lease.
    HRESULT wait_on_signal(UINT32 timeout) noexcept;
    HRESULT await(UINT32 timeout, HANDLE cancel) noexcept;
    HRESULT shutdown() noexcept;
    // With a reference that is the caller's.
    HRESULT share_com_pointer(IUnknown** pointer) noexcept;
    // A wait had a signal: a ONESHOT ends with its last one.
    void seen_to_fire() noexcept;
    // The same, seen by a watch whose signal nobody has taken yet: what fired is not registered
    // again.
    void note_fired() noexcept { fired_ = true; }

    // A watch hears of the end of this object until it is removed. add: the reason, if it has
    // ended; throws std::bad_alloc.
    HRESULT add_watch(SignalWatch* watch);
    void remove_watch(SignalWatch* watch) noexcept;
    // What a watch waits for, as a duplicate of its own.
    HRESULT copy_signal(SignalObject& result) const noexcept { return signal_.copy_to(result); }

    void end(HRESULT reason) noexcept override;
    void renew(UINT64 instance) noexcept override;
    [[nodiscard]] bool has_registration() const noexcept override;

 private:
    CameraSyncObject(Ref<VirtualCamera> camera, const GUID& set, UINT32 id, UINT32 flags,
                     INT32 adjustment);
    ~CameraSyncObject() override;
    void on_close() noexcept override;
    void finish() noexcept override;

    HRESULT prepare(const SignalRequest& request);
    // Has the camera register the event or semaphore; the result is dropped again if there is
    // nothing more to wait for by then.
    HRESULT register_signal() noexcept;
    HRESULT ask_camera(ComPtr<IMFCameraSyncObject>* registered) noexcept;
    // A failure once there is nothing more to wait for.
    HRESULT end_reason() noexcept;
    // A ONESHOT that has fired: it is not registered again.
    [[nodiscard]] bool has_no_more() const noexcept { return flags_ == kOneshot && fired_; }
    HRESULT wait_on_registered(UINT32 timeout, bool& renewed) noexcept;
    Ref<SignalWatch> take_watch() noexcept;
    void renew_once() noexcept;

    static constexpr UINT32 kOneshot = 2;  // KSEVENT_TYPE_ONESHOT

    const GUID set_;
    const UINT32 id_;
    const UINT32 flags_;
    const INT32 adjustment_;  // of a semaphore; else 0
    SignalObject signal_;
    OwnedHandle ended_;  // manual reset
    SignalWaitWay::Share wait_way_;
    // One registration at a time. Held while the camera is called, which calls nothing back that
    // takes it.
    Lock registering_;
    // Of a ONESHOT:
    std::atomic<INT32> unseen_;       // signals until it is spent
    std::atomic<bool> fired_{false};  // a signal was consumed, if only by a watch
    std::atomic<bool> spent_{false};  // no signal is to come

    mutable Lock lock_;
    HRESULT reason_ = S_OK;                     // lock_; a failure once ended
    std::unordered_set<SignalWatch*> watches_;  // lock_
    ComPtr<IMFCameraSyncObject> registered_;    // lock_
    UINT64 registered_with_ = 0;                // lock_; VirtualCamera::instance()
    ComPtr<IMFMediaSource> watched_;            // lock_; open where events need that
};

}  // namespace mfvcam

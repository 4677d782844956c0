// IMFVirtualCamera behind a handle: its children, its identity, its loss.
#pragma once

#include <windows.h>

#include <mferror.h>

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "apartment.h"
#include "com_ptr.h"
#include "event_registrations.h"
#include "lock.h"
#include "mfvcam.h"
#include "mfvirtualcamera_abi.h"
#include "object.h"

namespace mfvcam {

class VirtualCamera;

/*
 * Whether an answer to a property request or a registration shows that a media source, or the
 * pipeline before it, is still there and was asked. The codes are those that a source which lacks
 * the property or event, or has no room for one more, gives; anything else, such as
 * RPC_S_CALL_FAILED, proves nothing.
 */
bool is_answer_of_source(HRESULT hr) noexcept;

// What lives on a camera and hears of its end: sync objects, readers and watches of the camera.
class CameraChild : public Object {
 public:
    // The camera is shut down (MF_E_SHUTDOWN) or lost (MFVCAM_E_CAMERA_LOST): calls that wait end
    // with the reason. The camera has let go of the child before.
    virtual void end(HRESULT reason) noexcept = 0;
    // Registrations with an instance of the media source other than this are void; 0: all are.
    virtual void renew(UINT64 /*instance*/) noexcept {}
    [[nodiscard]] virtual bool has_registration() const noexcept { return false; }
    // The camera was stopped by its own program: frames end, registrations stay.
    virtual void stopped() noexcept {}
    // The camera told its Start callback of an MEExtendedType, or of an MEError (extended_type is
    // zero then). Without a lease: the child may have been closed.
    virtual void event(HRESULT /*status*/, const GUID& /*extended_type*/) noexcept {}

 protected:
    CameraChild(Kind object_kind, Ref<VirtualCamera> camera) noexcept;
    ~CameraChild() override;

    // Makes the camera tell this child of its end; the reason if there was one already. Throws
    // std::bad_alloc. A camera that was removed or lost may be started again: who waits for that
    // may join before.
    enum class Join : unsigned char { there, gone_too };
    HRESULT join_camera(Join which = Join::there);
    void leave_camera() noexcept;

    [[nodiscard]] VirtualCamera& camera() const noexcept { return *camera_.get(); }
    [[nodiscard]] Ref<VirtualCamera> camera_ref() const noexcept { return camera_; }

 private:
    friend class VirtualCamera;

    const Ref<VirtualCamera> camera_;
    UINT32 life_ = 0;  // with the camera's lock: the one it joined
};

// What Windows identifies a camera by.
struct CameraParameters {
    MFVirtualCameraType type;
    MFVirtualCameraLifetime lifetime;
    MFVirtualCameraAccess access;
    std::wstring friendly_name;
    GUID source_id;
    std::vector<GUID> categories;

    bool operator==(const CameraParameters& other) const noexcept;
};

class VirtualCamera final : public Object {
 public:
    static constexpr Kind object_kind = Kind::camera;

    static HRESULT create(CameraParameters parameters, bool allow_same, mfvcam_handle* handle);
    // A camera of other code's making, for a reference that is this object's if it succeeds.
    static HRESULT adopt(IMFVirtualCamera* pointer, mfvcam_handle* handle);

    // Each is a call in flight: the caller holds a Lease.
    HRESULT start();
    HRESULT stop() noexcept;
    HRESULT remove() noexcept;
    HRESULT get_media_source(ComPtr<IMFMediaSource>* source) noexcept;
    // The same, for those who renew their registrations themselves.
    HRESULT open_media_source(ComPtr<IMFMediaSource>* source) noexcept;
    HRESULT send_property(const GUID& set, UINT32 id, UINT32 flags, void* payload,
                          UINT32 payload_length, void* data, UINT32 data_length,
                          UINT32* written) noexcept;
    HRESULT create_sync_event(const GUID& set, UINT32 id, UINT32 flags, HANDLE event,
                              ComPtr<IMFCameraSyncObject>* sync_object) noexcept;
    HRESULT create_sync_semaphore(const GUID& set, UINT32 id, UINT32 flags, HANDLE semaphore,
                                  INT32 adjustment,
                                  ComPtr<IMFCameraSyncObject>* sync_object) noexcept;
    // Names the instance of the media source that answers, among all of all processes; 0: another
    // source than mfvcam's own. As last asked, if nothing was told since that may have changed it.
    UINT64 instance() noexcept;
    UINT64 ask_instance() noexcept;
    // Whether a media source, or the pipeline before it, is still there.
    [[nodiscard]] bool answers() noexcept;
    // By its own program, and not started again.
    [[nodiscard]] bool is_stopped() const noexcept { return stopped_; }
    // Runs call(IMFVirtualCamera&) in the multithreaded apartment, unless shut down.
    template <class F>
    HRESULT with_camera(F&& call) noexcept {
        if (shut_down_) {
            return MF_E_SHUTDOWN;
        }
        return in_mta([&] { return call(*camera_); });
    }
    HRESULT shutdown() noexcept;
    [[nodiscard]] bool is_shut_down() const noexcept { return shut_down_; }
    // With a reference that is the caller's.
    HRESULT share_com_pointer(IUnknown** pointer) noexcept;

    // From the Start callback, on a thread of Windows', without a lease.
    // life: the one that the registration's Start was to begin, or was in.
    void on_event(EventRegistrations::Id registration, UINT32 life,
                  const CameraEvent& event) noexcept;

 private:
    friend class CameraChild;

    explicit VirtualCamera(CameraParameters parameters);
    ~VirtualCamera() override;
    void on_close() noexcept override;
    void finish() noexcept override;

    // For calls that hand out an object: success without one is a failure.
    template <class T, class F>
    HRESULT get_object(ComPtr<T>* object, F&& call) noexcept {
        T* result = nullptr;
        const HRESULT hr =
            with_camera([&](IMFVirtualCamera& camera) { return call(camera, &result); });
        if (SUCCEEDED(hr)) {
            object->attach(result);
        }
        return SUCCEEDED(hr) && result == nullptr ? MFVCAM_E_NO_OBJECT : hr;
    }
    // Those of all lives up to this one; the camera, too, if it is in that one: until start()
    // revives it, who would join gets the reason instead.
    void end_children(HRESULT reason, UINT32 life) noexcept;
    void end_present_children(HRESULT reason, UINT32 life) noexcept;
    Ref<CameraChild> take_child(UINT32 life) noexcept;
    // Throws std::bad_alloc.
    std::vector<Ref<CameraChild>> present_children();
    void shut_down_once() noexcept;
    // After a stop() or remove() that failed.
    void runs_on(bool was_stopped) noexcept;
    // The life that a successful Start begins: a new one if the camera was removed or lost.
    [[nodiscard]] UINT32 next_life() noexcept;
    // After that. False if it is the same life.
    bool begin_life(UINT32 life) noexcept;
    [[nodiscard]] UINT32 life() noexcept;
    enum class Action : unsigned char { lose, give_up, check, renew, compare, compare_known };
    // With telling_lock_ held.
    HRESULT tell(HRESULT status, const GUID& extended_type) noexcept;
    std::optional<Action> action_after(const GUID& extended_type) noexcept;
    // Not on the provider's thread, which may hold what the action waits for.
    void do_later(Action action, UINT32 life) noexcept;
    void check_alive(UINT32 run, UINT32 life) noexcept;
    void renew_children(UINT64 instance, UINT32 life) noexcept;
    // Renews what was registered with another instance than there is now.
    enum class Unknown : bool { keep, renew };  // what an instance that does not say may be
    void compare_instance(UINT32 life, Unknown unknown) noexcept;
    template <class F>
    HRESULT for_each_child(F&& call) noexcept;

    const CameraParameters parameters_;
    bool registered_ = false;
    ComPtr<IMFVirtualCamera> camera_;
    EventRegistrations registrations_;
    std::atomic<bool> shut_down_{false};
    // One start(), stop() or remove() at a time: whether it runs is as the last of them left it.
    // Held while the camera is called, which calls nothing back that takes it.
    Lock run_lock_;
    std::atomic<bool> stopped_{false};  // by stop(), until start()
    std::atomic<UINT32> runs_{0};       // counts each stop() and each start() after one
    std::atomic<bool> renew_on_initialize_{false};
    std::atomic<UINT32> changes_{0};  // counts what may have brought another instance
    // Events reach the children in the order in which they are found to be new. Held while they
    // are told, which only queues.
    Lock telling_lock_;
    Lock lock_;
    std::unordered_set<CameraChild*> children_;  // lock_
    UINT64 instance_ = 0;                        // lock_; when last asked
    std::optional<UINT32> instance_asked_;       // lock_; changes_ then
    HRESULT ended_ = S_OK;                       // lock_
    bool removed_ = false;                       // lock_; by remove(), until start()
    UINT32 life_ = 1;                            // lock_
    UINT32 last_lost_ = 0;                       // lock_; a life, perhaps one not begun yet
};

}  // namespace mfvcam

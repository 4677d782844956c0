// What tells a notification queue: of a sync object's signals, or of a camera's events.
#pragma once

#include <windows.h>

#include <atomic>

#include "camera_sync_object.h"
#include "notification_queue.h"
#include "virtual_camera.h"
#include "wait_pool.h"

namespace mfvcam {

class Watch {
 public:
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    [[nodiscard]] virtual Ref<Object> object() noexcept = 0;
    // The first of pending, which is this watch's, was taken: takes the node out. With the queue's
    // lock held.
    virtual void taken(Notifications& pending) noexcept = 0;
    // After that, with no lock held.
    virtual void after_taken(UINT32 /*taken_kind*/) noexcept {}
    // One of this watch's was dropped, and nobody hears of it. With the queue's lock held.
    virtual void dropped(UINT32 /*dropped_kind*/) noexcept {}

 protected:
    // Throws std::bad_alloc.
    Watch(Ref<NotificationQueue> queue, UINT64 tag);
    ~Watch() = default;

    [[nodiscard]] NotificationQueue& queue() const noexcept { return *queue_.get(); }
    // A node that tells kind. Throws std::bad_alloc.
    [[nodiscard]] Notifications node(UINT32 kind);
    void push_end(HRESULT reason) noexcept;

 private:
    const Ref<NotificationQueue> queue_;
    const UINT64 tag_;
    Notifications end_;  // the last node: pushed once
};

// One signal of a sync object; then it rests until rearmed.
class SignalWatch final : public Object, public Watch, private PooledWait {
 public:
    static constexpr Kind object_kind = Kind::signal_watch;

    static HRESULT create(Ref<CameraSyncObject> sync_object, Ref<NotificationQueue> queue,
                          UINT64 tag, mfvcam_handle* handle);

    HRESULT rearm() noexcept;
    // By the sync object, which has let go of the watch before.
    void end(HRESULT reason) noexcept;
    // After close: a signal was taken and not rearmed.
    [[nodiscard]] bool has_given() const noexcept { return given_; }

    [[nodiscard]] Ref<Object> object() noexcept override { return Ref<Object>::share(this); }
    void taken(Notifications& pending) noexcept override;
    void after_taken(UINT32 taken_kind) noexcept override;
    void dropped(UINT32 dropped_kind) noexcept override;

 private:
    SignalWatch(Ref<CameraSyncObject> sync_object, Ref<NotificationQueue> queue, UINT64 tag);
    ~SignalWatch() override;
    void on_close() noexcept override;
    void finish() noexcept override;

    // Does not take lock_, with which the wait is removed.
    void signalled() noexcept override;

    HRESULT prepare();

    const Ref<CameraSyncObject> sync_object_;
    SignalObject object_;   // its own: the sync object may close meanwhile
    Notifications signal_;  // one node, here while armed or given
    std::atomic<bool> given_{false};
    Lock lock_;
    bool ended_ = false;  // lock_
};

// All events of a camera.
class CameraWatch final : public CameraChild, public Watch {
 public:
    static constexpr Kind object_kind = Kind::camera_watch;

    static HRESULT create(Ref<VirtualCamera> camera, Ref<NotificationQueue> queue, UINT64 tag,
                          mfvcam_handle* handle);

    void end(HRESULT reason) noexcept override;
    void event(HRESULT status, const GUID& extended_type) noexcept override;

    [[nodiscard]] Ref<Object> object() noexcept override { return Ref<Object>::share(this); }
    void taken(Notifications& pending) noexcept override;

 private:
    CameraWatch(Ref<VirtualCamera> camera, Ref<NotificationQueue> queue, UINT64 tag);
    ~CameraWatch() override;
    void on_close() noexcept override;
    void finish() noexcept override;

    Lock lock_;           // held while pushing: nothing comes after close
    bool ended_ = false;  // lock_
};

}  // namespace mfvcam

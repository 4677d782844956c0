#include "camera_registry.h"

namespace mfvcam::simulator {

CameraRegistry& CameraRegistry::instance() {
    static auto* const only = new CameraRegistry;
    return *only;
}

CameraRegistry::Entry* CameraRegistry::find(const CameraKey& key) noexcept {
    for (Entry& entry : entries_) {
        if (entry.camera->key() == key) {
            return &entry;
        }
    }
    return nullptr;
}

void CameraRegistry::erase(const std::shared_ptr<Camera>& camera) noexcept {
    std::erase_if(entries_, [&](const Entry& entry) { return entry.camera == camera; });
}

std::shared_ptr<Camera> CameraRegistry::open(const CameraKey& key) {
    const LockGuard guard(lock_);
    Entry* entry = find(key);
    if (entry == nullptr) {
        entry = &entries_.emplace_back(Entry{std::make_shared<Camera>(key)});
    }
    ++entry->holds;
    return entry->camera;
}

std::shared_ptr<Camera> CameraRegistry::open_existing(const CameraKey& key) {
    const LockGuard guard(lock_);
    Entry* const entry = find(key);
    if (entry == nullptr || !entry->camera->state().exists) {
        return nullptr;
    }
    ++entry->holds;
    return entry->camera;
}

bool CameraRegistry::close(const std::shared_ptr<Camera>& camera) noexcept {
    const LockGuard guard(lock_);
    Entry* const entry = find(camera->key());
    if (entry == nullptr || entry->camera != camera || --entry->holds != 0) {
        return false;
    }
    if (camera->key().lifetime == MFVirtualCameraLifetime_System && camera->state().exists) {
        return false;
    }
    erase(camera);
    return true;
}

void CameraRegistry::add(std::shared_ptr<Camera> camera) {
    const LockGuard guard(lock_);
    entries_.push_back({std::move(camera)});
}

bool CameraRegistry::empty() noexcept {
    const LockGuard guard(lock_);
    return entries_.empty();
}

void CameraRegistry::forget(const std::shared_ptr<Camera>& camera) noexcept {
    const LockGuard guard(lock_);
    erase(camera);
}

}  // namespace mfvcam::simulator
